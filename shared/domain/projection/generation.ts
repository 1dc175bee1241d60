/**
 * A key in a generation. The first keeps keys as they are: rows that were there before there were
 * generations are the first.
 */
export function inGeneration(generation: number, key: string): string {
  return generation === 1 ? key : `G${generation}#${key}`;
}
