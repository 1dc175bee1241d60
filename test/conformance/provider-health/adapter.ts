import type { ProviderHealth, ReadProviders } from '../../../shared/ports/provider-health.ts';

/** The health of PSPs, and a look at it. */
export interface HealthAdapter {
  readonly health: ProviderHealth;
  readonly read: ReadProviders;
  readonly close: () => Promise<void>;
}

let providers = 0;

/** A PSP that no other test has: the tests share their table. */
export function aProvider(): string {
  providers += 1;
  return `psp-${providers}`;
}

export const settings = { failures: 3, windowMs: 10_000, coolDownMs: 5_000 };

export const limits = { breaker: settings, slots: 3, rate: null };
