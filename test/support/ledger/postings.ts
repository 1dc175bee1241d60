import { operationId, transferId } from '../../../shared/domain/ids.ts';
import { postingsOf } from '../../../shared/domain/ledger/postings.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';

/** What holds a payment's amount, pending. */
export function holdTransfer(payment: Payment, time: string): Transfer {
  const facts = {
    transfer_id: transferId(payment.id, 'authorized'),
    amount: payment.request.amount,
    execution: 'e1',
    provider: 'psp',
  };
  return one(postingsOf(payment, { type: 'payment.reserved', facts }, time));
}

/** What captures all of a payment that is held, with a fee of 2.9 % when that is something. */
export function captureTransfers(payment: Payment, time: string): Transfer[] {
  const { amount } = payment.request;
  const facts = {
    operation_id: operationId(payment.id, 'charge'),
    provider: 'psp',
    provider_reference: 'ch_1',
    amount,
    fee: Math.floor((amount * 290 + 5_000) / 10_000),
    final: true,
  };
  return postingsOf(payment, { type: 'payment.captured', facts }, time);
}

/** What releases a payment's amount that is held. */
export function releaseTransfer(payment: Payment, time: string): Transfer {
  const facts = { transfer_id: transferId(payment.id, 'authorized') };
  return one(postingsOf(payment, { type: 'payment.reservation_released', facts }, time));
}

function one([transfer]: readonly Transfer[]): Transfer {
  if (!transfer) {
    throw new Error('the fact has no posting');
  }
  return transfer;
}
