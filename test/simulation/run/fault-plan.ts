import type { CrashPoint } from '../kernel/coverage.ts';
import type { Dice } from '../kernel/dice.ts';
import { allFaultKinds, type FaultKind, type FaultPlan, type Outage } from '../kernel/faults.ts';
import type { Wanted } from '../world/plan.ts';

/** How often each fault strikes at its points, in a run that has it and is of the usual hardness. */
const usualRates: Readonly<Record<Exclude<FaultKind, 'outage'>, number>> = {
  crash_before: 0.02,
  crash_after: 0.02,
  throttle: 0.015,
  conflict: 0.05,
  lost_answer: 0.015,
  late: 0.01,
  slow: 0.01,
  slow_start: 0.01,
  answer_lost: 0.01,
  not_invoked: 0.01,
  stream_again: 0.04,
  entry_refused: 0.02,
  bus_twice: 0.05,
  bus_late: 0.05,
  event_replayed: 0.05,
  queue_twice: 0.05,
  queue_late: 0.05,
  execution_twice: 0.1,
  execution_lost: 0.01,
  execution_aborted: 0.01,
  execution_again: 0.015,
  skew: 0.2,
  psp_busy: 0.08,
  psp_declines: 0.05,
  psp_silent: 0.04,
  psp_lost: 0.06,
  psp_late: 0.06,
  psp_mismatch: 0.05,
  inquiry_silent: 0.15,
  inquiry_blind: 0.2,
  notice_lost: 0.1,
  notice_twice: 0.1,
  notice_late: 0.2,
  notice_contradicts: 0.03,
};

/** Short ones, which a saga outlives, and long ones, which it does not. */
const outageLengthsMs = [3_000, 15_000, 60_000, 240_000] as const;

const outageKinds = ['crash_before', 'crash_after', 'throttle', 'lost_answer'] as const;

const minuteMs = 60_000;
/** The second settlement is through by then. */
const lateMs = 90 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/** What has to go wrong first, so that a run comes to where it means to crash. */
interface Way {
  readonly target: string;
  readonly kind: FaultKind;
  readonly lengthMs: number;
}

const way = (target: string, kind: FaultKind, minutes: number): Way => ({
  target,
  kind,
  lengthMs: minutes * minuteMs,
});

const noticedFirst = [way('psp.charge', 'psp_lost', 10), way('providers-inquire', 'throttle', 10)];

/** Longer than an inquiry asks, and a person looks after that. */
const parkedMinutes = 48 * 60;
const parkedPayment = [
  way('psp.charge', 'psp_lost', 10),
  way('psp.inquiry', 'inquiry_silent', parkedMinutes),
];
// A bank that has the order says so unasked.
const parkedPayout = [
  way('psp.send', 'psp_silent', 30),
  way('psp.inquiry', 'inquiry_silent', parkedMinutes),
];

/**
 * By the function, or by the function and the port's method, of the crash point in the focus: several
 * ways, of each of which all has to go wrong.
 */
const waysTo: Readonly<Record<string, readonly [readonly Way[], ...(readonly Way[])[]]>> = {
  'payments-suspend': [
    [way('provider.charge', 'crash_after', 1)],
    [way('provider.charge', 'crash_before', 1)],
  ],
  'payments-suspend-operation': [
    [way('providers-capture', 'crash_after', 10)],
    [way('providers-void', 'crash_after', 10)],
    [way('providers-refund', 'crash_after', 10)],
  ],
  'payments-fail': [[way('psp.charge', 'psp_declines', 10)]],
  'ledger-release': [[way('psp.charge', 'psp_declines', 10)]],
  'payments-fail-operation': [
    [way('psp.capture', 'psp_declines', 10)],
    [way('psp.refund', 'psp_busy', 10)],
  ],
  'ledger-return-refund': [[way('psp.refund', 'psp_declines', 10)]],
  'providers-reverse': [[way('psp.charge', 'psp_mismatch', 10)]],
  'providers-inquire': [[way('psp.charge', 'psp_lost', 10)]],
  // What the PSP never got is a no in the end, and the saga begins anew.
  'risk-assess-risk payments.append': [[way('psp.charge', 'psp_silent', 10)]],
  'payouts-suspend': [
    [way('bank.send', 'crash_after', 30)],
    [way('bank.send', 'crash_before', 30)],
  ],
  'payouts-inquire': [[way('psp.send', 'psp_lost', 30)]],
  'payouts-return': [[way('psp.send', 'psp_declines', 30)]],
  'payouts-fail': [[way('psp.send', 'psp_declines', 30)]],
  'payouts-sweep': [
    [way('machine.payout', 'execution_aborted', 30), way('machine.payout', 'execution_lost', 30)],
  ],
  'payments-sweep': [
    [way('machine.payment', 'execution_aborted', 2), way('machine.payment', 'execution_lost', 2)],
  ],
  // A notice comes before the first inquiry, or the inquiry does not come to it.
  'payments-take-notice provider.inquire': [noticedFirst],
  'payments-take-notice payments.append': [noticedFirst],
  'payments-take-notice health.takeToken': [noticedFirst],
  // The breaker notes what fails.
  'providers-charge health.change': [[way('psp.charge', 'psp_silent', 10)]],
  'providers-capture health.change': [[way('psp.capture', 'psp_silent', 10)]],
  'providers-void health.change': [[way('psp.void', 'psp_silent', 10)]],
  'providers-refund health.change': [[way('psp.refund', 'psp_silent', 10)]],
  'providers-reverse health.change': [
    [
      way('psp.charge', 'psp_mismatch', 10),
      way('psp.void', 'psp_silent', 10),
      way('psp.refund', 'psp_silent', 10),
    ],
  ],
  'payments-take-notice dead-letters.put': [[way('payments-take-notice', 'throttle', 60)]],
  'payments-project-list dead-letters.put': [[way('payments-project-list', 'throttle', 60)]],
  'reports-project-totals dead-letters.put': [[way('reports-project-totals', 'throttle', 60)]],
  'webhooks-fan-out dead-letters.put': [[way('webhooks-fan-out', 'throttle', 60)]],
  'ledger-fold-balances books.foldRedriven': [[way('books.fold', 'throttle', 60)]],
  'payments-republish': [[way('list.project', 'throttle', 200)]],
  'operations-parked': [parkedPayment],
  'operations-parked payouts.append': [parkedPayout],
  'operations-parked payouts.events': [parkedPayout],
  'operations-parked payouts.load': [parkedPayout],
  'operations-parked bank.inquire': [parkedPayout],
  'settlement-reconcile settlements.waiting': [
    [way('psp.charge', 'psp_lost', 10), way('psp.inquiry', 'inquiry_silent', 15)],
  ],
};

/**
 * What goes wrong in a run: of each kind a run has it or not, and as often as the run is hard, so that
 * some runs have much of a little, and some a little of everything.
 *
 * @param points the crash points that there are: a the runs of as many seeds go for each of them in turn
 */
export function faultPlanOf(
  seed: number,
  dice: Dice,
  points: readonly CrashPoint[],
  only?: ReadonlySet<string>,
): FaultPlan {
  // Other trouble would only keep such a run from what it goes for.
  const isDirect = dice.chance('direct', 0.6);
  const hardness = dice.pick('hardness', isDirect ? [0.3, 1] : [0.3, 1, 1, 2]);
  const rates: Partial<Record<FaultKind, number>> = {};
  for (const kind of allFaultKinds) {
    if (kind !== 'outage' && dice.chance(`has ${kind}`, 0.6)) {
      const share = isDirect && kind.startsWith('psp_') ? 0 : 1;
      rates[kind] = usualRates[kind] * hardness * share;
    }
  }
  const focus = points[seed % Math.max(1, points.length)];
  const onTheWay = focus ? outagesOnTheWay(dice, focus) : [];
  const untilMs = dice.pick('until', [
    5 * minuteMs,
    15 * minuteMs,
    30 * minuteMs,
    3 * 60 * minuteMs,
    // Past the end of authorizations.
    9 * dayMs,
  ]);
  return {
    rates,
    outages: [...(isDirect ? [] : outagesOf(dice, points)), ...onTheWay],
    focus: focus
      ? { function: focus.function, effect: focus.effect, kind: `crash_${focus.when}` }
      : null,
    // What a run goes for comes late, when something has to go wrong first.
    untilMs: Math.max(
      untilMs,
      focus && (onTheWay.length > 0 || isLate(focus)) ? lateMs : 0,
      ...onTheWay.map(({ toMs }) => toMs + 60 * minuteMs),
    ),
    ...(only ? { only } : {}),
  };
}

/** What clients have to do, so that a run comes to what it goes for. */
export function wantedBy({ focus, outages }: FaultPlan): Wanted {
  const targets = [focus?.function, focus?.effect, ...outages.map(({ target }) => target)];
  const isWanted = (...names: readonly string[]) =>
    names.some((name) => targets.some((target) => target?.includes(name)));
  return {
    payouts: focus !== null && isLate(focus),
    operation: isWanted('payments-list', 'payments-get')
      ? 'read'
      : isWanted('refund')
        ? 'refund'
        : isWanted('void')
          ? 'cancel'
          : isWanted('capture', 'payments-begin', '-operation')
            ? 'capture'
            : null,
  };
}

/** True for what only payouts, or the money for them, come to: that is settled first. */
function isLate({ function: of, effect }: Pick<CrashPoint, 'function' | 'effect'>): boolean {
  return /^(payouts|settlement)-| (payouts|bank)\./.test(`${of} ${effect}`);
}

function outagesOf(dice: Dice, points: readonly CrashPoint[]): Outage[] {
  return Array.from({ length: dice.pick('outages', [0, 0, 1, 2]) }, (_, index) => {
    const key = `outage ${index}`;
    const point = points[dice.int(key, 0, points.length - 1)];
    const fromMs = dice.int(`${key} from`, 0, 2 * minuteMs);
    return {
      target: (dice.chance(`${key} of a port`, 0.5) ? point?.effect : point?.function) ?? '',
      kind: dice.pick(`${key} kind`, outageKinds),
      fromMs,
      toMs: fromMs + dice.pick(`${key} length`, outageLengthsMs),
    };
  });
}

function outagesOnTheWay(dice: Dice, { function: of, effect }: CrashPoint): Outage[] {
  const ways = waysTo[`${of} ${effect}`] ?? waysTo[of];
  const taken = ways ? dice.pick('way to the focus', ways) : [];
  return taken.map(({ target, kind, lengthMs }) => ({ target, kind, fromMs: 0, toMs: lengthMs }));
}
