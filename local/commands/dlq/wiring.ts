import { edgesOf } from '../../../shared/adapters/aws/dead-letters/edges.ts';
import { stageDeadLetters } from '../../../shared/adapters/stage/stage-dead-letters.ts';
import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import type { RedriveDependencies } from '../../../shared/runtime/dead-letters/redrive.ts';
import type { Outputs } from '../deployed.ts';

/** The dead letters of the stage that this process has the environment of. */
export function deadLettersOf(
  outputs: Outputs,
): RedriveDependencies & { readonly edges: readonly DeadLetterEdge[] } {
  return { edges: edgesOf(outputs), ...stageDeadLetters() };
}
