import type { Struck } from '../../../local/faults.ts';
import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import type { Injected } from '../injected/injector.ts';
import type { DeadLetterEvidence, Evidence } from '../proof/evidence.ts';
import { judge, type Verdict } from '../proof/invariants.ts';
import { type TotalsRow, totalsOf } from '../proof/money.ts';

/** How often something was done, by what it was. */
export type Counts = Readonly<Record<string, number>>;

/** A chaos run, judged: all that is printed of it. */
export interface ChaosRun {
  readonly seed: number;
  /** RFC 3339. */
  readonly started: string;
  readonly seconds: number;
  readonly asked: Counts;
  /** Requests that the API refused, by the code of the refusal. */
  readonly refused: Counts;
  readonly ended: Counts;
  /** Processes that were ended, by the moment and by the function. */
  readonly killed: { readonly at: Counts; readonly functions: Counts };
  readonly injected: Counts;
  /** What was not quiet when the time was over. */
  readonly left: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly deadLetters: readonly {
    readonly edge: string;
    readonly reason: string;
    readonly explanation: string | null;
    readonly count: number;
  }[];
  /** Poison that is in no dead letters, and so was taken for something. */
  readonly poisonLost: number;
  readonly parked: Counts;
  readonly trialBalances: Evidence['trialBalances'];
  readonly totals: readonly TotalsRow[];
}

/** Characters of a reason, or of an explanation, that are told. */
const maxReason = 140;

/** What came of a run. @param seconds how long it took */
export function summarize(
  evidence: Evidence,
  run: {
    readonly seed: number;
    readonly started: string;
    readonly seconds: number;
    readonly struck: readonly Struck[];
    readonly injected: Injected;
    readonly left: readonly string[];
  },
): ChaosRun {
  const { payments, payouts, exchanges, deadLetters } = evidence;
  const { seed, started, seconds, struck, injected, left } = run;
  return {
    seed,
    started,
    seconds,
    asked: {
      payments: payments.length,
      payouts: payouts.length,
      'operations on payments': payments.reduce(
        (sum, { state }) => sum + (state?.operations.length ?? 0),
        0,
      ),
      requests: exchanges.length,
      'without an answer, or 5xx': exchanges.filter(({ status }) => (status ?? 500) >= 500).length,
    },
    refused: countBy(
      exchanges.filter(({ status }) => status !== null && status >= 400 && status < 500),
      ({ text }) => /"code":"([a-z_]+)"/.exec(text)?.[1] ?? 'without a code',
    ),
    ended: countBy(payments, ({ state }) => state?.status ?? 'unreadable'),
    killed: {
      at: countBy(struck, ({ at }) => at),
      functions: countBy(struck, (one) => one.function),
    },
    injected: injected.counts,
    left,
    verdicts: judge(evidence),
    deadLetters: grouped(deadLetters),
    poisonLost: injected.poison.filter(
      (mark) => !deadLetters.some(({ body }) => body.includes(mark)),
    ).length,
    parked: countBy(
      payments.flatMap(({ state }) => (state ? parkedOf(state) : [])),
      ({ operation, reason }) => `${operation}: ${reason}`,
    ),
    trialBalances: evidence.trialBalances,
    totals: totalsOf(evidence),
  };
}

/** True when nothing is left to explain. */
export function holds({ verdicts, deadLetters, poisonLost, left }: ChaosRun): boolean {
  return (
    verdicts.every(({ violations }) => violations.length === 0) &&
    deadLetters.every(({ explanation }) => explanation !== null) &&
    poisonLost === 0 &&
    left.length === 0
  );
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Counts {
  const counts: Record<string, number> = {};
  for (const item of items) {
    counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}

/** What is alike but for ids counts as one; what is long is cut. */
function grouped(letters: readonly DeadLetterEvidence[]): ChaosRun['deadLetters'] {
  const brief = (text: string) => {
    const alike = text.replaceAll(/[0-9a-f-]{36}/g, '{id}');
    return alike.length > maxReason ? `${alike.slice(0, maxReason)} ...` : alike;
  };
  const groups = Map.groupBy(letters, ({ edge, reason, explanation }) =>
    JSON.stringify([edge, brief(reason), explanation && brief(explanation)]),
  );
  return [...groups].map(([key, group]) => {
    const [edge, reason, explanation] = JSON.parse(key) as [string, string, string | null];
    return { edge, reason, explanation, count: group.length };
  });
}
