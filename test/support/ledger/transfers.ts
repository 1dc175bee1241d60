import { derivedId } from '../../../shared/domain/ids.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { anAcceptedPayment, countingStamps } from '../payments/payments.ts';

/** A transfer that posts or voids a pending one. */
export type Resolution = Extract<Transfer, { pendingId: string }>;

type TransferOf<Kind extends Transfer['kind']> = Extract<Transfer, { kind: Kind }>;
type Given<Kind extends Transfer['kind']> = Partial<TransferOf<Kind>>;

/** A payment of EUR 100.00, changed by what a test gives. */
export function aPayment(
  given: {
    readonly key?: string;
    readonly tenant?: string;
    readonly amount?: number;
    readonly currency?: Currency;
  } = {},
): Payment {
  const { amount = 10_000, currency = 'EUR', tenant = 'acme', key = '1' } = given;
  return anAcceptedPayment(countingStamps(), { amount, currency }, { tenant, key }).after;
}

/** A posted fee of EUR 2.90, changed by what a test gives; `key` makes it another transfer. */
export function aTransfer(given: Given<'posted'> = {}, key = '1'): TransferOf<'posted'> {
  return {
    id: derivedId('test transfer', key),
    kind: 'posted',
    tenant: 'acme',
    currency: 'EUR',
    debitAccount: 'merchant_payable',
    creditAccount: 'fee_revenue',
    amountMinor: 290,
    posting: 'fee',
    paymentId: derivedId('test payment', key),
    operationId: null,
    time: timeAt(0),
    ...given,
  };
}

/** A pending hold of EUR 100.00, changed by what a test gives; `key` makes it another transfer. */
export function aHold(given: Given<'pending'> = {}, key = '1'): TransferOf<'pending'> {
  return {
    ...aTransfer({}, `hold ${key}`),
    paymentId: derivedId('test payment', key),
    kind: 'pending',
    debitAccount: 'psp_receivable',
    creditAccount: 'merchant_payable',
    amountMinor: 10_000,
    posting: 'authorized',
    ...given,
  };
}

/** The posting of a hold, or of a part of it. */
export function captureOf(hold: Transfer, given: Partial<Resolution> = {}): Resolution {
  return { ...resolutionOf(hold, 'captured'), ...given, kind: 'post_pending' };
}

/** The voiding of a hold. */
export function releaseOf(hold: Transfer, given: Partial<Resolution> = {}): Resolution {
  return { ...resolutionOf(hold, 'released'), ...given, kind: 'void_pending' };
}

/** What resolves a hold. Its id is of the hold and the posting, as in the ledger. */
function resolutionOf(hold: Transfer, posting: 'captured' | 'released') {
  return {
    ...hold,
    id: derivedId('test transfer', hold.id, posting),
    posting,
    pendingId: hold.id,
    pendingAmountMinor: hold.amountMinor,
  };
}

/** A captured payment of EUR 100.00, as three transfers of one time: hold, posting and fee. */
export function aCapture(given: Partial<Transfer> = {}, key = '1'): Transfer[] {
  const { tenant = 'acme', currency = 'EUR', time = timeAt(0) } = given;
  const source = { tenant, currency, time };
  const hold = aHold(source, key);
  return [hold, captureOf(hold), aTransfer(source, `fee ${key}`)];
}

/** What a settlement makes available to a merchant: EUR 100.00, changed by what a test gives. */
export function aCredit(given: Given<'posted'> = {}, key = '1'): TransferOf<'posted'> {
  const accounts = {
    debitAccount: 'merchant_payable',
    creditAccount: 'merchant_available',
  } as const;
  const row = { posting: 'made_available', amountMinor: 10_000, ...accounts } as const;
  return aTransfer({ ...row, ...given }, `credit ${given.tenant} ${key}`);
}

/** A payout of what is available: EUR 100.00, changed by what a test gives. */
export function aPayout(given: Given<'posted'> = {}, key = '1'): TransferOf<'posted'> {
  const accounts = {
    debitAccount: 'merchant_available',
    creditAccount: 'payout_in_transit',
  } as const;
  const row = { posting: 'payout', amountMinor: 10_000, ...accounts } as const;
  return aTransfer({ ...row, ...given }, `payout ${given.tenant} ${key}`);
}

/** A time so many milliseconds after the start of the tests' day. */
export function timeAt(ms: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
}
