import type { Breaker, BreakerChange } from '../domain/provider/breaker/breaker.ts';
import type { ProviderLimits } from '../domain/provider/limits.ts';
import type { ProviderState } from '../domain/provider/provider-state.ts';
import type { RateLimit } from '../domain/provider/rate.ts';

/**
 * Something that is somebody's until it is given back, or until its time is over. Who has it and
 * asks for it again, not having heard the answer, has it.
 */
export interface Lease {
  /** Unique to one call. */
  readonly holder: string;
  readonly nowMs: number;
  readonly untilMs: number;
}

/** What became of a change of a breaker, and the breaker after that. */
export interface ChangedBreaker {
  readonly applied: boolean;
  readonly breaker: Breaker;
}

/**
 * What all processes know together of the PSPs. Throws when it cannot be reached: what that means
 * for a call is not decided here.
 */
export interface ProviderHealth {
  /** The breaker of a PSP as it is now. */
  readonly breaker: (provider: string) => Promise<Breaker>;
  /** Changes a breaker, if the change applies to it as it is then. */
  readonly change: (provider: string, change: BreakerChange) => Promise<ChangedBreaker>;
  /** Takes a slot, if nobody's lease on it runs; tells whether it did. */
  readonly takeSlot: (provider: string, slot: number, lease: Lease) => Promise<boolean>;
  /** Gives a slot back, if it is still this holder's. */
  readonly releaseSlot: (provider: string, slot: number, holder: string) => Promise<void>;
  /** Takes a token of the rate limit; tells whether there was one. */
  readonly takeToken: (provider: string, limit: RateLimit, nowMs: number) => Promise<boolean>;
}

/** Reads the state of PSPs, in the order of their names as given. */
export type ReadProviders = (
  limits: Readonly<Record<string, ProviderLimits>>,
  nowMs: number,
) => Promise<readonly ProviderState[]>;
