import type { Currency } from './currency.ts';
import { maxMoneyMinor } from './money.ts';

/** What a merchant pays for what is captured of a payment. */
export interface FeePlan {
  /** The percent part, in hundredths of a percent: an integer from 0 to 10,000. */
  readonly basisPoints: number;
  /** On top, once a payment, in minor units; nothing in a currency that is not here. */
  readonly fixedMinor: Readonly<Partial<Record<Currency, number>>>;
}

/** The fee plans of a stage. */
export interface FeePlans {
  /** For every tenant that has no other. */
  readonly standard: FeePlan;
  /** The other plans, by name. */
  readonly negotiated: Readonly<Record<string, FeePlan>>;
  /** The name of the negotiated plan, by tenant. */
  readonly tenants: Readonly<Record<string, string>>;
}

/**
 * The plan of a tenant.
 *
 * @throws RangeError when the tenant's plan is not there: charging the standard one instead would
 *   be a fee that nobody agreed to
 */
export function planOf(plans: FeePlans, tenant: string): FeePlan {
  const name = own(plans.tenants, tenant);
  if (name === undefined) {
    return plans.standard;
  }
  const plan = own(plans.negotiated, name);
  if (!plan) {
    throw new RangeError(`there is no fee plan ${name}, which ${tenant} has`);
  }
  return plan;
}

/** Not what every object inherits: a tenant may be called `constructor`. */
function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** One capture of a payment, and the payment before it. Minor units of `currency`. */
export interface FeeOccasion {
  readonly currency: Currency;
  readonly capturedBeforeMinor: number;
  /** What this capture takes; above 0. */
  readonly amountMinor: number;
  /** The fees of the captures before it. */
  readonly feesBeforeMinor: number;
}

/**
 * The fee of a capture, in minor units of its currency: what is due for everything captured so far,
 * less what was charged before, and never more than the capture brings in.
 *
 *     due(captured) = captured x basisPoints / 10000, rounded half up, + fixed
 *     fee           = min(amount, due(capturedBefore + amount) - feesBefore), at least 0
 *
 * Because `due` looks at the sum, captures in parts cost what one capture of the whole costs, to the
 * minor unit, and the fixed part comes once, with the first. What the limit leaves out of one
 * capture is due with the next. A plan that became cheaper between two captures gives nothing back.
 * Source of the rule: docs/money.md, "Fees".
 *
 * @throws RangeError for amounts that are no whole minor units, negative or beyond 10^15, and for a
 *   capture of nothing
 */
export function feeOfCapture(plan: FeePlan, occasion: FeeOccasion): number {
  const { currency, amountMinor, feesBeforeMinor } = occasion;
  const capturedMinor = occasion.capturedBeforeMinor + amountMinor;
  for (const minor of [occasion.capturedBeforeMinor, amountMinor, feesBeforeMinor, capturedMinor]) {
    if (!Number.isSafeInteger(minor) || minor < 0 || minor > maxMoneyMinor) {
      throw new RangeError('a capture and its fees must be integers of 0 to 10^15 minor units');
    }
  }
  if (amountMinor === 0) {
    throw new RangeError('a capture must be of more than 0 minor units');
  }
  const dueMinor = percentOf(capturedMinor, plan.basisPoints) + (plan.fixedMinor[currency] ?? 0);
  return Math.max(0, Math.min(amountMinor, dueMinor - feesBeforeMinor));
}

/** Rounded half up. The product passes 2^53 from 9 x 10^11 minor units on, so it is a bigint. */
function percentOf(amountMinor: number, basisPoints: number): number {
  return Number((BigInt(amountMinor) * BigInt(basisPoints) + 5_000n) / 10_000n);
}
