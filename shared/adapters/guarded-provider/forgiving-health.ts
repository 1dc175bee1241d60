import { untouched } from '../../domain/provider/breaker/breaker.ts';
import type { ChangedBreaker, ProviderHealth } from '../../ports/provider-health.ts';
import { logger } from '../../runtime/observability.ts';

/** How long after trouble nothing is asked, so that one call in so long waits for no answer. */
const pauseMs = 1_000;

/** Like the health, but what becomes of a change may not be known: null. */
export interface ForgivingHealth extends Omit<ProviderHealth, 'change'> {
  readonly change: (
    ...change: Parameters<ProviderHealth['change']>
  ) => Promise<ChangedBreaker | null>;
}

/**
 * Health that never throws: what protects payments must not stop them. Where it is out of reach a
 * call goes out as if all were well, and a warning says so:
 *
 * | out of reach                   | taken for                                        |
 * |--------------------------------|--------------------------------------------------|
 * | the breaker                    | closed                                           |
 * | a slot, a token                | taken                                            |
 * | a slot's release               | done: its lease ends by itself                   |
 * | the probe                      | not known                                        |
 * | a failure, the end of a probe  | not known; noted even right after other trouble  |
 */
export function forgivingHealth(health: ProviderHealth, now: () => number): ForgivingHealth {
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  const note = async <T>(what: string, provider: string, call: () => Promise<T>, otherwise: T) => {
    try {
      return await call();
    } catch (error) {
      pausedUntilMs = now() + pauseMs;
      const reason = error instanceof Error ? error.name : typeof error;
      logger.warn('provider health is out of reach', { provider, what, reason });
      return otherwise;
    }
  };
  const ask: typeof note = async (what, provider, call, otherwise) =>
    now() < pausedUntilMs ? otherwise : note(what, provider, call, otherwise);

  return {
    breaker: (provider) => ask('breaker', provider, () => health.breaker(provider), untouched),
    change: (provider, change) => {
      const attempt = change.kind === 'take_probe' ? ask : note;
      const call = (): Promise<ChangedBreaker | null> => health.change(provider, change);
      return attempt(change.kind, provider, call, null);
    },
    takeSlot: (provider, ...slot) =>
      ask('slot', provider, () => health.takeSlot(provider, ...slot), true),
    releaseSlot: (provider, ...slot) =>
      ask('release', provider, () => health.releaseSlot(provider, ...slot), undefined),
    takeToken: (provider, ...token) =>
      ask('token', provider, () => health.takeToken(provider, ...token), true),
  };
}
