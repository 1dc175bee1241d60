/** When the breaker of a PSP opens, and for how long. */
export interface BreakerSettings {
  /** So many failures within one window open it. */
  readonly failures: number;
  /** From the first failure on; after it the next failure begins a new one. */
  readonly windowMs: number;
  /** How long nothing goes through, before one call is let through to see. */
  readonly coolDownMs: number;
}

/**
 * A circuit breaker as all processes share it. `since`: since when it is closed, or since when it is
 * not; null when it never was anything but closed. Source: M. Nygard, Release It!, "Circuit Breaker".
 */
export type Breaker =
  | {
      readonly state: 'closed';
      readonly sinceMs: number | null;
      /** In the window that began then; null before the first. */
      readonly failures: number;
      readonly windowStartMs: number | null;
    }
  | {
      readonly state: 'open';
      readonly sinceMs: number;
      /** Those that opened it. */
      readonly failures: number;
      /** The end of the cool-down. */
      readonly untilMs: number;
    }
  | {
      readonly state: 'half_open';
      readonly sinceMs: number;
      readonly failures: number;
      /** Who has the probe, and until when: one that crashed does not keep it. */
      readonly holder: string;
      readonly untilMs: number;
    };

/** A breaker that nothing happened to. */
export const untouched: Breaker = {
  state: 'closed',
  sinceMs: null,
  failures: 0,
  windowStartMs: null,
};

/**
 * What can happen to a breaker. Each carries all that its conditions need, so that a store can check
 * them in the write itself:
 * - `start_window`: a failure, and the window that was there is over
 * - `count`: a failure within the window
 * - `open`: the window has as many failures as it takes
 * - `take_probe`: after the cool-down, or after a lease that ended, one call may see; who has the
 *   probe and asks again, not having heard the answer, has it
 * - `close`: it saw success; `reopen`: it saw failure, or nothing, and then the next may try at once
 */
export type BreakerChange =
  | {
      readonly kind: 'start_window' | 'count';
      readonly atMs: number;
      /** A window that began by then is over. */
      readonly endedStartMs: number;
    }
  | {
      readonly kind: 'open';
      readonly atMs: number;
      readonly failures: number;
      readonly untilMs: number;
    }
  | {
      readonly kind: 'take_probe';
      readonly atMs: number;
      readonly holder: string;
      readonly untilMs: number;
    }
  | { readonly kind: 'close'; readonly atMs: number; readonly holder: string }
  | { readonly kind: 'reopen'; readonly holder: string; readonly untilMs: number };

/** The breaker after a change; null when the change does not apply to it, and it stays as it is. */
export function changedBreaker(breaker: Breaker, change: BreakerChange): Breaker | null {
  switch (change.kind) {
    case 'start_window':
      return breaker.state === 'closed' && isOver(breaker, change.endedStartMs)
        ? { ...breaker, failures: 1, windowStartMs: change.atMs }
        : null;
    case 'count':
      return breaker.state === 'closed' && !isOver(breaker, change.endedStartMs)
        ? { ...breaker, failures: breaker.failures + 1 }
        : null;
    case 'open':
      return breaker.state === 'closed' && breaker.failures >= change.failures
        ? {
            state: 'open',
            sinceMs: change.atMs,
            failures: breaker.failures,
            untilMs: change.untilMs,
          }
        : null;
    case 'take_probe':
      return isFree(breaker, change)
        ? {
            state: 'half_open',
            sinceMs: breaker.sinceMs,
            failures: breaker.failures,
            holder: change.holder,
            untilMs: change.untilMs,
          }
        : null;
    default:
      return breaker.state === 'half_open' && breaker.holder === change.holder
        ? endedProbe(breaker, change)
        : null;
  }
}

type NotClosed = Exclude<Breaker, { state: 'closed' }>;

function isFree(
  breaker: Breaker,
  { atMs, holder }: Extract<BreakerChange, { kind: 'take_probe' }>,
): breaker is NotClosed {
  return (
    breaker.state !== 'closed' &&
    (breaker.untilMs <= atMs || (breaker.state === 'half_open' && breaker.holder === holder))
  );
}

function endedProbe(
  { sinceMs, failures }: Extract<Breaker, { state: 'half_open' }>,
  change: Extract<BreakerChange, { kind: 'close' | 'reopen' }>,
): Breaker {
  return change.kind === 'close'
    ? { ...untouched, sinceMs: change.atMs }
    : { state: 'open', sinceMs, failures, untilMs: change.untilMs };
}

/** What a breaker lets through: any call, one that takes the probe first, or none. */
export function passageOf(breaker: Breaker, nowMs: number): 'call' | 'probe' | 'none' {
  if (breaker.state === 'closed') {
    return 'call';
  }
  return breaker.untilMs <= nowMs ? 'probe' : 'none';
}

/** What a failure of a call that was no probe does; null where it does nothing, as it is open. */
export function failureChange(
  breaker: Breaker,
  atMs: number,
  { windowMs }: BreakerSettings,
): BreakerChange | null {
  if (breaker.state !== 'closed') {
    return null;
  }
  const endedStartMs = atMs - windowMs;
  const kind = isOver(breaker, endedStartMs) ? 'start_window' : 'count';
  return { kind, atMs, endedStartMs };
}

/** The change that opens a breaker with as many failures as it takes; null while it has fewer. */
export function openingChange(
  breaker: Breaker,
  atMs: number,
  { failures, coolDownMs }: BreakerSettings,
): BreakerChange | null {
  return breaker.state === 'closed' && breaker.failures >= failures
    ? { kind: 'open', atMs, failures, untilMs: atMs + coolDownMs }
    : null;
}

/** What a probe that ended does. `nothing`: the PSP was not asked, or its answer says neither. */
export function probeChange(
  saw: 'success' | 'failure' | 'nothing',
  holder: string,
  atMs: number,
  { coolDownMs }: BreakerSettings,
): BreakerChange {
  switch (saw) {
    case 'success':
      return { kind: 'close', atMs, holder };
    case 'failure':
      return { kind: 'reopen', holder, untilMs: atMs + coolDownMs };
    case 'nothing':
      return { kind: 'reopen', holder, untilMs: atMs };
  }
}

/** Tells whether no window runs: one that began by `endedStartMs` does not. */
export function isOver(
  { windowStartMs }: Extract<Breaker, { state: 'closed' }>,
  endedStartMs: number,
): boolean {
  return windowStartMs === null || windowStartMs <= endedStartMs;
}
