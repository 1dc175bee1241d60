import { billOf, type MachineType } from '../cost/bill.ts';
import type { Counts } from '../cost/counts.ts';
import { type HotKey, hotKeys, partitionWriteUnits, type Quota, quotasOf } from './quotas.ts';

/** A quota with what it comes to: so many payments a second. */
export interface Limit {
  readonly quota: Quota;
  readonly perPayment: number;
  readonly paymentsPerSecond: number;
}

/** What stands in the way, the first to be hit first. What a payment takes nothing of does not. */
export function limitsOf(counts: Counts, type: MachineType): readonly Limit[] {
  return quotasOf(counts)
    .filter((quota) => quota.type === undefined || quota.type === type)
    .map((quota) => {
      const perPayment = quota.perPayment(counts) / counts.payments;
      return { quota, perPayment, paymentsPerSecond: quota.limit / perPayment };
    })
    .filter(({ perPayment }) => perPayment > 0)
    .sort((a, b) => a.paymentsPerSecond - b.paymentsPerSecond);
}

export interface HotLimit {
  readonly hot: HotKey;
  readonly perPayment: number;
  /** Of one tenant, or through one PSP. */
  readonly paymentsPerSecond: number;
}

/** What one tenant, and one PSP, can take at the most: the keys that all of its payments share. */
export function hotLimitsOf(counts: Counts): readonly HotLimit[] {
  return hotKeys(counts)
    .map((hot) => {
      const perPayment = hot.writeUnits / counts.payments;
      return { hot, perPayment, paymentsPerSecond: partitionWriteUnits / perPayment };
    })
    .sort((a, b) => a.paymentsPerSecond - b.paymentsPerSecond);
}

/** What has to be done for a rate. */
export interface Plan {
  readonly rate: number;
  readonly type: MachineType;
  /** Quotas that are not enough, the first to be hit first, with what is needed of each. */
  readonly exceeded: readonly (Limit & { readonly needed: number })[];
  readonly hot: readonly HotLimit[];
  /** USD a month of 30 days at this rate, rounded up. */
  readonly dollarsPerMonth: number;
}

const secondsPerMonth = 30n * 24n * 3_600n;
const nanoDollarsPerDollar = 1_000_000_000n;
const million = 1_000_000n;

/**
 * What a rate of payments takes.
 *
 * @param rate payments a second, a whole number
 */
export function planOf(counts: Counts, rate: number, type: MachineType): Plan {
  const { total } = billOf(counts, type);
  const monthly = (total * BigInt(rate) * secondsPerMonth) / million;
  return {
    rate,
    type,
    exceeded: limitsOf(counts, type)
      .filter(({ paymentsPerSecond }) => paymentsPerSecond < rate)
      .map((limit) => ({ ...limit, needed: limit.perPayment * rate })),
    hot: hotLimitsOf(counts).filter(({ paymentsPerSecond }) => paymentsPerSecond < rate),
    dollarsPerMonth: Number((monthly + nanoDollarsPerDollar - 1n) / nanoDollarsPerDollar),
  };
}
