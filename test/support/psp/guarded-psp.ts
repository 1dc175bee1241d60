import { guardedProvider } from '../../../shared/adapters/guarded-provider/guarded-provider.ts';
import { memoryProviderHealth } from '../../../shared/adapters/memory/provider-health.ts';
import type { ProviderLimits } from '../../../shared/domain/provider/limits.ts';
import type { OperationOutcome, Provider } from '../../../shared/ports/provider.ts';
import type { ProviderHealth } from '../../../shared/ports/provider-health.ts';

export const noLimits: ProviderLimits = {
  breaker: { failures: 3, windowMs: 10_000, coolDownMs: 5_000 },
  slots: null,
  rate: null,
};

export const deadline = { fullMs: 1_000, leastMs: 500, marginMs: 300 };

export const unknown = { kind: 'unknown', reason: 'no answer' } as const;
export const done = { kind: 'done' } as const;
export const busy = { kind: 'busy', reason: 'answered 429' } as const;
export const declined = { kind: 'declined', code: 'lost_card', message: 'No.' } as const;

export const voidRequest = { operationId: 'op', providerReference: 'ch_1' };
export const inquiryRequest = {
  kind: 'charge',
  operationId: 'op',
  reference: 'payment',
  amountMinor: 100,
  currency: 'EUR',
} as const;

/** A PSP that does with each void what it is told, and processes that share its health. */
export function guardedPsp(limits: Partial<ProviderLimits> = {}) {
  const health = memoryProviderHealth();
  let holders = 0;
  const world = {
    nowMs: 1_000_000,
    remainingMs: Number.POSITIVE_INFINITY,
    answer: async (): Promise<OperationOutcome> => done,
    /** How often it was called. */
    calls: 0,
  };
  const provider: Provider = {
    name: 'psp',
    charge: async () => unknown,
    capture: async () => unknown,
    refund: async () => unknown,
    void: () => {
      world.calls += 1;
      return world.answer();
    },
    inquire: async () => {
      world.calls += 1;
      return { kind: 'not_found' };
    },
  };
  /** Another process that calls the PSP. */
  const process = (shared: ProviderHealth = health, called: Provider = provider) =>
    guardedProvider(called, shared, {
      limits: { ...noLimits, ...limits },
      deadline,
      remainingMs: () => world.remainingMs,
      now: () => world.nowMs,
      random: () => 0,
      newHolder: () => `call-${++holders}`,
    });
  return { health, world, provider, process };
}
