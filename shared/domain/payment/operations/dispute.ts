import type { DisputeResource } from '../../../contracts/operations/operations.ts';
import type { Payment } from '../state.ts';

/** A dispute of a payment: the cardholder against the merchant, as the PSP tells it. */
export interface Dispute {
  /** The PSP's id. */
  readonly id: string;
  readonly provider: string;
  readonly status: 'opened' | 'won' | 'lost';
  /** Taken back from us; minor units of the payment's currency. */
  readonly amountMinor: number;
  readonly feeMinor: number;
  readonly reason: string;
  readonly opened: string;
}

/** What of the captured money is with the cardholder through disputes, and cannot be refunded too. */
export function disputedMinor(disputes: readonly Dispute[]): number {
  return disputes
    .filter(({ status }) => status !== 'won')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** A dispute as the API shows it. */
export function renderDispute({ id, request }: Payment, dispute: Dispute): DisputeResource {
  return {
    id: dispute.id,
    object: 'dispute',
    payment_id: id,
    status: dispute.status,
    amount: dispute.amountMinor,
    fee: dispute.feeMinor,
    currency: request.currency,
    reason: dispute.reason,
    created: dispute.opened,
  };
}
