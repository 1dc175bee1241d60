import type { Dice } from './dice.ts';

/** What can go wrong, in words for a report. */
export const faultKinds = {
  crash_before: 'the process dies before an effect',
  crash_after: 'the process dies after an effect',
  throttle: 'a call is refused for lack of room, and nothing is done',
  conflict: 'a write is told of a conflict though nobody else wrote',
  lost_answer: 'an effect is done and its caller told of an error',
  late: 'the caller is told of an error, and the effect is done after that',
  slow: 'a process stands still for a while',
  slow_start: 'an invocation starts late, and outlives who asked for it',
  answer_lost: 'an invocation ends well and its caller is told that it failed',
  not_invoked: 'there is no room for an invocation',
  stream_again: 'a batch of a stream comes again though it was done',
  entry_refused: 'the bus does not take one entry of a call',
  bus_twice: 'the bus delivers an event twice',
  bus_late: 'the bus delivers an event late',
  event_replayed: 'an event is replayed to a consumer, soon or much later',
  queue_twice: 'a queue delivers a message twice, at the same time or later',
  queue_late: 'a queue delivers a message late',
  execution_twice: 'one start runs two executions, as EXPRESS may',
  execution_lost: 'an execution disappears without a word, as an EXPRESS one may',
  execution_aborted: 'an execution is ended in the middle, and its machine says so',
  execution_again: 'an execution that was lost begins anew, as an EXPRESS one may',
  skew: 'the clock of a process is off',
  outage: 'a function or a port fails for a while',
  psp_busy: 'the PSP is busy, and processes nothing',
  psp_declines: 'the PSP says no',
  psp_silent: 'the PSP does nothing and does not answer',
  psp_lost: 'the PSP does it and its answer gets lost',
  psp_late: 'the PSP does it after the caller has given up',
  psp_mismatch: 'the PSP approves another amount',
  inquiry_silent: 'the PSP does not answer an inquiry',
  inquiry_blind: 'the PSP does not find what it has',
  notice_lost: 'a notice is never sent',
  notice_twice: 'a notice is sent twice',
  notice_late: 'a notice is sent late',
  notice_contradicts: 'a notice says the contrary of what is so',
} as const;

export type FaultKind = keyof typeof faultKinds;
export const allFaultKinds = Object.keys(faultKinds) as readonly FaultKind[];

/** Where something could go wrong. */
export interface FaultPoint {
  /** Its own in the run, and the same one in a run that differs elsewhere. */
  readonly key: string;
  /** The function, for a call of a port and for an invocation. */
  readonly function?: string;
  /** The port's method, for a call of one. */
  readonly effect?: string;
}

/** A time in which a function or a port fails in one way, at each call. */
export interface Outage {
  readonly target: string;
  readonly kind: FaultKind;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A crash that is wanted of a run, so that rare ones are met: the first time, and then every other. */
export interface Focus {
  readonly function: string;
  readonly effect: string;
  readonly kind: 'crash_before' | 'crash_after';
}

/** What may go wrong in a run, and how often. */
export interface FaultPlan {
  /** Per kind: the share of its points at which it strikes. */
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
  readonly outages: readonly Outage[];
  readonly focus: Focus | null;
  /** From this time on nothing goes wrong any more. */
  readonly untilMs: number;
  /** When given: the names of faults that may strike, and no other. */
  readonly only?: ReadonlySet<string>;
}

export interface Faults {
  /** The fault that strikes at a point; null for none. At most one does. */
  readonly strike: (point: FaultPoint, kinds: readonly FaultKind[]) => FaultKind | null;
  /** Those that struck, by their names, in the order in which they did first. */
  readonly injected: ReadonlyMap<string, FaultKind>;
}

export function faults(dice: Dice, now: () => number, plan: FaultPlan): Faults {
  const injected = new Map<string, FaultKind>();
  let isReached = false;
  const afterwards: Outage[] = [];
  const allowed = (name: string) => !plan.only || plan.only.has(name);
  const strikes = (name: string, kind: FaultKind, counted: FaultKind = kind): FaultKind => {
    injected.set(name, counted);
    return kind;
  };
  return {
    injected,
    strike: (point, kinds) => {
      if (now() >= plan.untilMs) {
        return null;
      }
      const { focus } = plan;
      if (focus && focus.function === point.function && focus.effect === point.effect) {
        const name = `${focus.kind} at ${point.key}`;
        // What follows the first crash would not come to its end among others.
        const isAgain = afterwards.length === 0 && dice.chance(`focus ${point.key}`, 0.5);
        const isMet = !isReached || isAgain;
        isReached = true;
        if (isMet && kinds.includes(focus.kind) && allowed(name)) {
          if (afterwards.length === 0) {
            afterwards.push(...aftermathOf(dice, focus, now()));
          }
          return strikes(name, focus.kind);
        }
      }
      for (const [index, outage] of [...plan.outages, ...afterwards].entries()) {
        const name = `outage ${index} of ${outage.target}`;
        if (isIn(outage, point, now()) && kinds.includes(outage.kind) && allowed(name)) {
          return strikes(name, outage.kind, 'outage');
        }
      }
      // One throw for all kinds: each has its own stretch of it.
      let thrown = dice.unit(point.key);
      for (const kind of kinds) {
        const rate = plan.rates[kind] ?? 0;
        if (thrown < rate) {
          const name = `${kind} at ${point.key}`;
          return allowed(name) ? strikes(name, kind) : null;
        }
        thrown -= rate;
      }
      return null;
    },
  };
}

/**
 * What follows a crash around a call of the PSP, in half of the runs: the PSP that has it, or not, is
 * busy for as long as the call is tried again.
 */
function aftermathOf(dice: Dice, { effect }: Focus, nowMs: number): Outage[] {
  const [port, method] = effect.split('.');
  return port === 'provider' && dice.chance('aftermath', 0.5)
    ? [{ target: `psp.${method}`, kind: 'psp_busy', fromMs: nowMs, toMs: nowMs + 60_000 }]
    : [];
}

function isIn({ target, fromMs, toMs }: Outage, point: FaultPoint, nowMs: number): boolean {
  return fromMs <= nowMs && nowMs < toMs && (target === point.function || target === point.effect);
}
