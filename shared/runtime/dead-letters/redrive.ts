import type { DeadLetterEdge } from '../../contracts/dead-letters/edge.ts';
import { leftoversOf } from '../../domain/dead-letter/range.ts';
import type { InvokeStreamFunction, SourceEdge, TakenLetter } from '../../ports/dead-letters.ts';
import type { Case } from './examine.ts';
import { type OperatorDependencies, type PermitLetter, record } from './operator.ts';
import { redriveRange } from './redrive-range.ts';
import { mayBeBehind, othersHave, type SurveyDependencies, survey } from './survey.ts';

export interface RedriveDependencies extends SurveyDependencies, OperatorDependencies {
  readonly invoke: InvokeStreamFunction;
}

/**
 * What became of a letter:
 * - `would`: a dry run; it is there
 * - `redriven`: it is gone
 * - `stays`: what failed of it again is there, as the letters named
 * - `refused`: its verdict is against it; it is there
 * - `not_held`: somebody else has it
 * - `failed`: a fault in the way; it is there, and may have been done all the same
 */
export type Outcome =
  | { readonly kind: 'would' | 'redriven' | 'refused' | 'not_held' }
  | {
      readonly kind: 'stays';
      readonly passed: number;
      readonly letters: readonly {
        readonly id: string;
        readonly records: number;
        readonly reason: string;
      }[];
    }
  | { readonly kind: 'failed'; readonly error: string };

export interface Redriven {
  readonly of: Case<TakenLetter>;
  readonly outcome: Outcome;
}

export interface RedriveResult {
  readonly redriven: readonly Redriven[];
  /** Of those that were named, the ones that are in no queue, or that somebody else has. */
  readonly missing: readonly string[];
  readonly takenByOthers: number;
  /** True when those that are missing may lie behind the letters that were read. */
  readonly more: boolean;
}

export interface RedriveOrder {
  readonly edges: readonly DeadLetterEdge[];
  /** Null for all letters of the edges. */
  readonly ids: ReadonlySet<string> | null;
  /** False for a dry run. */
  readonly isReal: boolean;
  /** Why letters are redriven whose verdict is against it; null when they are not. */
  readonly force: string | null;
  /** Why the others are; their verdict says it where nobody does. */
  readonly reason?: string;
  readonly by: string;
  /** Asked of each letter that would be redriven in earnest; absent where nobody has to be asked. */
  readonly permit?: PermitLetter;
}

/**
 * Redrives letters:
 * 1. take and examine them; a dry run ends here
 * 2. refuse those whose verdict is against it, unless they are forced; what cannot be done is refused
 *    all the same
 * 3. see that it is permitted, where that has to be asked; then put on record who does it and why
 * 4. send a message back to where it came from, as it was; give a function the records of a range, and
 *    put what it fails on among the letters again, in ranges of their own
 * 5. remove the letter, last: a crash before that leaves it there beside what was done, which is why
 *    it has to be safe to do twice
 */
export async function redrive(
  deps: RedriveDependencies,
  order: RedriveOrder,
): Promise<RedriveResult> {
  return survey(deps, order.edges, order.ids, async (found) => {
    const redriven: Redriven[] = [];
    for (const of of found.flatMap(({ cases }) => cases)) {
      redriven.push({ of, outcome: await outcomeOf(deps, of, order) });
    }
    const missing = [...(order.ids ?? [])].filter(
      (id) => !redriven.some(({ of }) => of.letter.id === id),
    );
    return { redriven, missing, takenByOthers: othersHave(found), more: mayBeBehind(found) };
  });
}

async function outcomeOf(
  deps: RedriveDependencies,
  of: Case<TakenLetter>,
  { isReal, force, reason: said, by, permit }: RedriveOrder,
): Promise<Outcome> {
  const { redo, why } = of.verdict;
  if (redo === 'impossible' || (redo === 'unsafe' && force === null)) {
    return { kind: 'refused' };
  }
  if (!isReal) {
    return { kind: 'would' };
  }
  const approval = (await permit?.(of)) ?? null;
  try {
    if (!(await deps.queues.keep(of.edge, of.letter))) {
      return { kind: 'not_held' };
    }
    const reason = redo === 'unsafe' && force !== null ? force : (said ?? why);
    await record(deps, of, { action: 'dlq.redrive', by, reason, approval });
    const outcome = await doAgain(deps, of);
    await deps.queues.remove(of.edge, of.letter);
    return outcome;
  } catch (error) {
    return error instanceof NotHeld
      ? { kind: 'not_held' }
      : { kind: 'failed', error: (error as Error).message };
  }
}

/** Somebody else may be at the letter: it was held for too long. */
class NotHeld extends Error {}

async function doAgain(deps: RedriveDependencies, of: Case<TakenLetter>): Promise<Outcome> {
  const { edge, letter, content, records } = of;
  if (edge.kind !== 'stream' || content.kind !== 'range') {
    // What has no source is refused before it comes here.
    await deps.queues.sendBack(edge as SourceEdge, letter.body);
    return { kind: 'redriven' };
  }
  const failures = await redriveRange(
    async (batch) => {
      if (!(await deps.queues.keep(edge, letter))) {
        throw new NotHeld();
      }
      return deps.invoke(edge.function, content.range.shardId, batch);
    },
    records,
    edge.batch_size,
  );
  if (failures.length === 0) {
    return { kind: 'redriven' };
  }
  const letters: { id: string; records: number; reason: string }[] = [];
  for (const { records: count, ...leftover } of leftoversOf(letter.body, failures)) {
    const reason = `${leftover.errorName}: ${leftover.reason}`;
    letters.push({ id: await deps.queues.put(edge, leftover), records: count, reason });
  }
  return { kind: 'stays', passed: records.length - failures.length, letters };
}
