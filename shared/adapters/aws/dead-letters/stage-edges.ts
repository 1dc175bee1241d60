import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { DeadLetterEdge } from '../../../contracts/dead-letters/edge.ts';
import { traced } from '../../../runtime/observability.ts';
import { setting } from '../../environment.ts';
import { clientOptions } from '../client-options.ts';
import { stackOutputs } from '../stack-outputs.ts';
import { edgesOf } from './edges.ts';

/** So long after it, a deployment that adds an edge is seen by processes that were there before. */
const believedForMs = 5 * 60_000;

/**
 * The edges of a stage, from the outputs of its stacks: the same that the command line reads. Asked for
 * once in five minutes by a process.
 *
 * @param stacks their names; one that there is not yet has no edges
 * @throws Error when there are none, which is no stage of ours, or one is of another version
 */
export function cloudFormationEdges(
  client: Pick<CloudFormationClient, 'send'>,
  stacks: readonly string[],
  now: () => number = Date.now,
): () => Promise<readonly DeadLetterEdge[]> {
  let known: { readonly edges: readonly DeadLetterEdge[]; readonly untilMs: number } | null = null;
  return async () => {
    if (known && known.untilMs > now()) {
      return known.edges;
    }
    const outputs = await Promise.all(stacks.map((stack) => stackOutputs(client, stack)));
    const edges = edgesOf(Object.assign({}, ...outputs));
    if (edges.length === 0) {
      throw new Error(`none of ${stacks.join(', ')} names an edge`);
    }
    known = { edges, untilMs: now() + believedForMs };
    return edges;
  };
}

/** Those of the deployed stage. */
export function stageEdges(): () => Promise<readonly DeadLetterEdge[]> {
  const stacks = setting('EDGE_STACKS').split(',');
  return cloudFormationEdges(traced(new CloudFormationClient(clientOptions())), stacks);
}
