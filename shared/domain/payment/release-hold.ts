import { releaseTransfer } from '../ledger/postings.ts';
import { changePayment, type PaymentChange, type Stamp } from './change.ts';
import type { Payment } from './state.ts';

/** Voids the payment's pending transfer; null when there is none, or none any more. */
export function releaseHold(payment: Payment, stamp: Stamp): PaymentChange | null {
  if (payment.hold?.state !== 'pending') {
    return null;
  }
  return changePayment(
    payment,
    { type: 'payment.reservation_released', facts: { transfer_id: payment.hold.transferId } },
    stamp,
    [releaseTransfer(payment, stamp.time)],
  );
}
