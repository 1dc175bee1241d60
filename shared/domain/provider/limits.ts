import type { BreakerSettings } from './breaker/breaker.ts';
import type { RateLimit } from './rate.ts';

/** What protects one PSP from us, and us from it. */
export interface ProviderLimits {
  readonly breaker: BreakerSettings;
  /** Calls under way at once, over all processes; null: as many as there are. */
  readonly slots: number | null;
  /** Null: as many as there are. */
  readonly rate: RateLimit | null;
}
