import { type Breaker, changedBreaker, untouched } from '../../domain/provider/breaker/breaker.ts';
import { providerStateOf } from '../../domain/provider/provider-state.ts';
import { tatAfterTaking } from '../../domain/provider/rate.ts';
import type { Lease, ProviderHealth, ReadProviders } from '../../ports/provider-health.ts';

/** The health of PSPs in memory, and a look at it. */
export interface MemoryProviderHealth extends ProviderHealth {
  readonly read: ReadProviders;
}

/** The conditions of the DynamoDB one, with nothing between a check and its write. */
export function memoryProviderHealth(): MemoryProviderHealth {
  const breakers = new Map<string, Breaker>();
  const tats = new Map<string, number>();
  const leases = new Map<string, Map<number, Pick<Lease, 'holder' | 'untilMs'>>>();
  const breakerOf = (provider: string) => breakers.get(provider) ?? untouched;
  const leasesOf = (provider: string) => {
    const known = leases.get(provider) ?? new Map<number, Pick<Lease, 'holder' | 'untilMs'>>();
    leases.set(provider, known);
    return known;
  };
  return {
    breaker: async (provider) => breakerOf(provider),
    change: async (provider, change) => {
      const before = breakerOf(provider);
      const after = changedBreaker(before, change);
      if (after) {
        breakers.set(provider, after);
      }
      return { applied: after !== null, breaker: after ?? before };
    },
    takeSlot: async (provider, slot, { holder, nowMs, untilMs }) => {
      const taken = leasesOf(provider);
      const lease = taken.get(slot);
      if (lease && lease.untilMs > nowMs && lease.holder !== holder) {
        return false;
      }
      taken.set(slot, { holder, untilMs });
      return true;
    },
    releaseSlot: async (provider, slot, holder) => {
      const taken = leasesOf(provider);
      if (taken.get(slot)?.holder === holder) {
        taken.delete(slot);
      }
    },
    takeToken: async (provider, limit, nowMs) => {
      const tatUs = tatAfterTaking(tats.get(provider) ?? null, nowMs * 1_000, limit);
      if (tatUs === null) {
        return false;
      }
      tats.set(provider, tatUs);
      return true;
    },
    read: async (limits, nowMs) =>
      Object.entries(limits).map(([name, limit]) => {
        const leased = [...leasesOf(name).values()].filter(({ untilMs }) => untilMs > nowMs);
        return providerStateOf(name, breakerOf(name), leased.length, limit, nowMs);
      }),
  };
}
