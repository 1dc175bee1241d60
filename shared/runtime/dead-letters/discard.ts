import type { DeadLetterEdge } from '../../contracts/dead-letters/edge.ts';
import type { OperatorAct } from '../../ports/operator-log.ts';
import type { Case } from './examine.ts';
import { lastActOn, type OperatorDependencies, type PermitLetter, record } from './operator.ts';
import { mayBeBehind, othersHave, type SurveyDependencies, survey } from './survey.ts';

/** A reason that says something. */
export const shortestReason = 10;

/**
 * What became of it:
 * - `discarded`: it is gone
 * - `gone`: it was not there; with what was done to it last
 * - `not_held`: somebody else has it
 */
export type Discarded =
  | { readonly kind: 'discarded'; readonly of: Case }
  | {
      readonly kind: 'gone';
      readonly last: OperatorAct | null;
      readonly takenByOthers: number;
      /** True when it may lie behind the letters that were read. */
      readonly more: boolean;
    }
  | { readonly kind: 'not_held' };

/**
 * Discards a letter, for good:
 * 1. take and examine it; one that was discarded before is discarded
 * 2. see that it is permitted, where that has to be asked; then put on record who does it and why, and what it was
 * 3. remove it, last: a crash before that leaves it there, with the record of who wanted it gone
 */
export async function discard(
  deps: SurveyDependencies & OperatorDependencies,
  order: {
    readonly edges: readonly DeadLetterEdge[];
    readonly id: string;
    readonly reason: string;
    readonly by: string;
    /** Absent where nobody has to be asked. */
    readonly permit?: PermitLetter;
  },
): Promise<Discarded> {
  return survey(deps, order.edges, new Set([order.id]), async (found) => {
    const [of] = found.flatMap(({ cases }) => cases);
    if (!of) {
      const last = await lastActOn(deps, order.id);
      return { kind: 'gone', last, takenByOthers: othersHave(found), more: mayBeBehind(found) };
    }
    const approval = (await order.permit?.(of)) ?? null;
    if (!(await deps.queues.keep(of.edge, of.letter))) {
      return { kind: 'not_held' };
    }
    await record(deps, of, { action: 'dlq.discard', by: order.by, reason: order.reason, approval });
    await deps.queues.remove(of.edge, of.letter);
    return { kind: 'discarded', of };
  });
}
