import { transferId } from '../ids.ts';
import type { Payment } from '../payment/state.ts';
import type { AccountCode } from './accounts.ts';
import type { PostingName, Transfer } from './transfer.ts';

/**
 * Which accounts each posting moves between. Source: docs/architecture.md, "Ledger"; each row has
 * a test that names it.
 */
const postings = {
  authorized: { debit: 'psp_receivable', credit: 'merchant_payable' },
  captured: { debit: 'psp_receivable', credit: 'merchant_payable' },
  released: { debit: 'psp_receivable', credit: 'merchant_payable' },
  fee: { debit: 'merchant_payable', credit: 'fee_revenue' },
} as const satisfies Record<PostingName, { debit: AccountCode; credit: AccountCode }>;

/** The fee of a capture: 2.9 %, in basis points, taken from what the merchant is owed. */
const feeBasisPoints = 290;

/**
 * The fee of a captured amount, in minor units of the same currency, rounded half up. EUR 100.00
 * costs EUR 2.90. Exact up to the largest amount: 10^12 x 290 stays below 2^53.
 */
export function feeOf(amountMinor: number): number {
  return Math.floor((amountMinor * feeBasisPoints + 5_000) / 10_000);
}

/** Authorized: the amount, pending, from the merchant's claim to what the PSP will owe. */
export function holdTransfer(payment: Payment, time: string): Transfer {
  return { ...base(payment, 'authorized', payment.request.amount, time), kind: 'pending' };
}

/** Captured: the pending amount is posted, and the fee moves to revenue. A zero fee is no transfer. */
export function captureTransfers(payment: Payment, time: string): Transfer[] {
  const amountMinor = payment.request.amount;
  const feeMinor = feeOf(amountMinor);
  const captured: Transfer = {
    ...base(payment, 'captured', amountMinor, time),
    kind: 'post_pending',
    ...pendingOf(payment),
  };
  return feeMinor === 0
    ? [captured]
    : [captured, { ...base(payment, 'fee', feeMinor, time), kind: 'posted' }];
}

/** Released: the pending transfer is voided; nothing was ever posted. */
export function releaseTransfer(payment: Payment, time: string): Transfer {
  return {
    ...base(payment, 'released', payment.request.amount, time),
    kind: 'void_pending',
    ...pendingOf(payment),
  };
}

function pendingOf(payment: Payment) {
  return {
    pendingId: transferId(payment.id, 'authorized'),
    pendingAmountMinor: payment.request.amount,
  };
}

function base(payment: Payment, posting: PostingName, amountMinor: number, time: string) {
  const { debit, credit } = postings[posting];
  return {
    id: transferId(payment.id, posting),
    tenant: payment.tenant,
    currency: payment.request.currency,
    debitAccount: debit,
    creditAccount: credit,
    amountMinor,
    posting,
    paymentId: payment.id,
    time,
  };
}
