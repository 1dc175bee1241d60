import { DeadLetterEdge, edgeOutputSuffix } from '../../../contracts/dead-letters/edge.ts';

/**
 * The edges of a deployment, by name, from the outputs of its stacks.
 *
 * @throws Error when an output is of another version
 */
export function edgesOf(outputs: Readonly<Record<string, string | undefined>>): DeadLetterEdge[] {
  return Object.entries(outputs)
    .filter(([name]) => name.endsWith(edgeOutputSuffix))
    .map(([name, value]) => {
      const { data } = DeadLetterEdge.safeParse(JSON.parse(value ?? 'null'));
      if (!data) {
        throw new Error(
          `the output ${name} is of another version of Paysaga: deploy this one, or use that one`,
        );
      }
      return data;
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
