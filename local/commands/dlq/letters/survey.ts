import type { DeadLetterEdge } from '../../../../shared/contracts/dead-letters/edge.ts';
import type {
  LetterQueues,
  TakenLetter,
  TakenLetters,
} from '../../../../shared/ports/dead-letters.ts';
import { type Case, type ExamineDependencies, examine } from './examine.ts';

/** Letters of one queue that are read; what is behind them is read when these are gone. */
export const lettersOfQueue = 1_000;

const examinedAtOnce = 10;

export interface SurveyDependencies extends ExamineDependencies {
  readonly queues: LetterQueues;
}

/** What is in the dead letters of one edge. */
export interface Surveyed {
  readonly edge: DeadLetterEdge;
  readonly cases: readonly Case<TakenLetter>[];
  readonly more: boolean;
  readonly takenByOthers: number;
}

/**
 * Takes all letters of some edges, examines those that are asked for, and has them used:
 * 1. take them, so that nobody else works on them meanwhile
 * 2. examine them, ten at a time
 * 3. use what was found
 * 4. give back what is still there, whatever came of it
 *
 * @param ids of the letters that are examined; null for all
 */
export async function survey<T>(
  deps: SurveyDependencies,
  edges: readonly DeadLetterEdge[],
  ids: ReadonlySet<string> | null,
  use: (found: readonly Surveyed[]) => Promise<T>,
): Promise<T> {
  const taken: { readonly edge: DeadLetterEdge; readonly taken: TakenLetters }[] = [];
  try {
    const takings = await Promise.allSettled(
      edges.map(async (edge) => {
        taken.push({ edge, taken: await deps.queues.take(edge, lettersOfQueue) });
      }),
    );
    const failed = takings.find(({ status }) => status === 'rejected');
    if (failed) {
      throw (failed as PromiseRejectedResult).reason;
    }
    const found: Surveyed[] = [];
    for (const { edge, taken: of } of taken.sort(byName)) {
      const letters = of.letters.filter(({ id }) => ids?.has(id) ?? true);
      const { more, takenByOthers } = of;
      found.push({ edge, cases: await examineAll(deps, edge, letters), more, takenByOthers });
    }
    return await use(found);
  } finally {
    await Promise.all(
      taken.map(({ edge, taken: { letters } }) => deps.queues.giveBack(edge, letters)),
    );
  }
}

type OfEdge = { readonly edge: DeadLetterEdge };

function byName(a: OfEdge, b: OfEdge): number {
  return a.edge.name < b.edge.name ? -1 : 1;
}

async function examineAll(
  deps: SurveyDependencies,
  edge: DeadLetterEdge,
  letters: readonly TakenLetter[],
): Promise<Case<TakenLetter>[]> {
  const cases: Case<TakenLetter>[] = [];
  for (let from = 0; from < letters.length; from += examinedAtOnce) {
    const some = letters.slice(from, from + examinedAtOnce);
    cases.push(...(await Promise.all(some.map((letter) => examine(deps)(edge, letter)))));
  }
  return cases;
}
