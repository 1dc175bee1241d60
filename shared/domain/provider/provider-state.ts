import { type Breaker, isOver } from './breaker/breaker.ts';
import type { ProviderLimits } from './limits.ts';

/** The state of one PSP, for a person. */
export interface ProviderState {
  readonly name: string;
  readonly breaker: Breaker['state'];
  /** RFC 3339: since when it is closed, or since when it is not; null: it never was not. */
  readonly since: string | null;
  /** RFC 3339, of one that is not closed: the end of the cool-down, or of the probe's lease. */
  readonly until: string | null;
  /** In the present window; of one that is not closed, those that opened it. */
  readonly failures: number;
  readonly slotsInUse: number;
}

/** What is known of a PSP, as a person wants to see it. */
export function providerStateOf(
  name: string,
  breaker: Breaker,
  slotsInUse: number,
  { breaker: { windowMs } }: ProviderLimits,
  nowMs: number,
): ProviderState {
  const { state, sinceMs, failures } = breaker;
  const areOfThePast = breaker.state === 'closed' && isOver(breaker, nowMs - windowMs);
  return {
    name,
    breaker: state,
    since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
    until: breaker.state === 'closed' ? null : new Date(breaker.untilMs).toISOString(),
    failures: areOfThePast ? 0 : failures,
    slotsInUse,
  };
}
