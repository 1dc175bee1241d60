import type { DeadLetterEdge } from '../../contracts/dead-letters/edge.ts';
import type { LetterQueues, TakenLetter, TakenLetters } from '../../ports/dead-letters.ts';
import { type Case, type ExamineDependencies, examine } from './examine.ts';

/** Letters of one queue that are read, by default; what is behind them is read when these are gone. */
const lettersOfQueue = 1_000;

const examinedAtOnce = 10;

/** What giving back, and an answer, take: with less left no more of a list is examined. */
const answerMs = 5_000;

export interface SurveyDependencies extends ExamineDependencies {
  readonly queues: LetterQueues;
  /** Until whoever surveys is stopped, in ms. */
  readonly remainingMs: () => number;
}

/** What is in the dead letters of one edge. */
export interface Surveyed {
  readonly edge: DeadLetterEdge;
  readonly cases: readonly Case<TakenLetter>[];
  /** True when there may be letters that were not read, or not examined for want of time. */
  readonly more: boolean;
  readonly takenByOthers: number;
}

/**
 * Takes all letters of some edges, examines those that are asked for, and has them used:
 * 1. take them, so that nobody else works on them meanwhile; those that are not asked for are given
 *    back at once
 * 2. examine them, ten at a time; of a list only as long as there is time to answer
 * 3. use what was found
 * 4. give back what is still there, whatever came of it
 *
 * @param ids of the letters that are examined; null for all
 * @param most letters of one queue
 */
export async function survey<T>(
  deps: SurveyDependencies,
  edges: readonly DeadLetterEdge[],
  ids: ReadonlySet<string> | null,
  use: (found: readonly Surveyed[]) => Promise<T>,
  most = lettersOfQueue,
): Promise<T> {
  const taken: { readonly edge: DeadLetterEdge; readonly taken: TakenLetters }[] = [];
  try {
    const takings = await Promise.allSettled(
      edges.map(async (edge) => {
        const all = await deps.queues.take(edge, most);
        const [asked, others] = partition(all.letters, ({ id }) => ids?.has(id) ?? true);
        taken.push({ edge, taken: { ...all, letters: asked } });
        await deps.queues.giveBack(edge, others);
      }),
    );
    const failed = takings.find(({ status }) => status === 'rejected');
    if (failed) {
      throw (failed as PromiseRejectedResult).reason;
    }
    const found: Surveyed[] = [];
    for (const { edge, taken: of } of taken.sort(byName)) {
      const { letters, takenByOthers } = of;
      const cases = await examineAll(deps, edge, letters, ids === null);
      found.push({ edge, cases, more: of.more || cases.length < letters.length, takenByOthers });
    }
    return await use(found);
  } finally {
    await Promise.all(
      taken.map(({ edge, taken: { letters } }) => deps.queues.giveBack(edge, letters)),
    );
  }
}

/** As many letters as others have of all that was surveyed. */
export function othersHave(found: readonly Surveyed[]): number {
  return found.reduce((sum, { takenByOthers }) => sum + takenByOthers, 0);
}

/** Whether a letter that was not found may lie behind those that were read. */
export function mayBeBehind(found: readonly Surveyed[]): boolean {
  return found.some(({ more }) => more);
}

function partition<T>(all: readonly T[], isIn: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isIn), all.filter((one) => !isIn(one))];
}

type OfEdge = { readonly edge: DeadLetterEdge };

function byName(a: OfEdge, b: OfEdge): number {
  return a.edge.name < b.edge.name ? -1 : 1;
}

/** @param isList a list can end early; who names letters needs those */
async function examineAll(
  deps: SurveyDependencies,
  edge: DeadLetterEdge,
  letters: readonly TakenLetter[],
  isList: boolean,
): Promise<Case<TakenLetter>[]> {
  const cases: Case<TakenLetter>[] = [];
  for (let from = 0; from < letters.length; from += examinedAtOnce) {
    if (isList && deps.remainingMs() < answerMs) {
      break;
    }
    const some = letters.slice(from, from + examinedAtOnce);
    cases.push(...(await Promise.all(some.map((letter) => examine(deps)(edge, letter)))));
  }
  return cases;
}
