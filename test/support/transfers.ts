import { derivedId } from '../../shared/domain/ids.ts';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

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
export function aTransfer(
  given: Partial<Extract<Transfer, { kind: 'posted' }>> = {},
  key = '1',
): Extract<Transfer, { kind: 'posted' }> {
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
    time: timeAt(0),
    ...given,
  };
}

/** A time so many milliseconds after the start of the tests' day. */
export function timeAt(ms: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
}
