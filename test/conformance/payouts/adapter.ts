import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { ReadLimited, WriteOutcome } from '../../../shared/ports/ledger.ts';
import type { ConversionStore } from '../../../shared/ports/payouts/conversions.ts';
import type { PayoutStore } from '../../../shared/ports/payouts/payouts.ts';
import { countingStamps } from '../../support/payments/payments.ts';

/** The stores of payouts and conversions over one ledger, and a look at it. */
export interface PayoutAdapter {
  readonly payouts: PayoutStore;
  readonly conversions: ConversionStore;
  readonly write: (transfers: readonly Transfer[]) => Promise<WriteOutcome>;
  readonly readLimited: ReadLimited;
  /** The transfers on a tenant's `merchant_available`, newest first. */
  readonly transfers: (tenant: string, currency: Currency) => Promise<readonly Transfer[]>;
  readonly close: () => Promise<void>;
}

/** One clock for all: no two changes have one event id. */
export const nextStamp = countingStamps();
let tenants = 0;

/** A tenant that no other test has: the tests share their tables. */
export function aTenant(): string {
  tenants += 1;
  return `payout-tenant-${tenants}`;
}
