import type { BreakerSettings } from '../../shared/domain/provider/breaker/breaker.ts';
import type { ProviderLimits } from '../../shared/domain/provider/limits.ts';
import type { Routes } from '../../shared/domain/provider/routing.ts';

/**
 * When a breaker opens, and for how long (decisions/0012). Opening by chance refuses charges that
 * would have gone through; opening late costs an unknown outcome a call. At 100 calls a second, a PSP
 * that is well leaves one in a thousand without an outcome: one a window, where twenty do not come by
 * chance. Of one that is down, twenty come within a second of the first.
 *
 * A probe costs one unknown outcome, a second more of waiting 100 charges: so the cool-down is short,
 * but longer than a call's deadline, as what was sent before it opened must have ended.
 */
export const prodBreaker: BreakerSettings = { failures: 20, windowMs: 10_000, coolDownMs: 10_000 };

/** For a tenth of the calls. */
export const devBreaker: BreakerSettings = { failures: 10, windowMs: 10_000, coolDownMs: 10_000 };

/** Tests are about tokens that never answer: here a few of them at once are no outage. */
export const localBreaker: BreakerSettings = { failures: 20, windowMs: 10_000, coolDownMs: 15_000 };

/** Both are the same simulator under two names. */
export function simulators(limits: ProviderLimits): {
  readonly providers: Readonly<Record<string, ProviderLimits>>;
  readonly routes: Routes;
} {
  return {
    providers: { simulator: limits, 'simulator-b': limits },
    routes: { rules: [], default: ['simulator', 'simulator-b'] },
  };
}
