import type { PaymentFact } from '../../contracts/events/payment-events.ts';
import { transferId } from '../ids.ts';
import type { Hold, Payment } from '../payment/state.ts';
import { type PostingName, postedTransfer, type Transfer, transferOf } from './transfer.ts';

/**
 * The transfers that a fact about a payment brings with it: of the payment before it, the fact and
 * its time alone. What writes a change takes them from here, and an auditor that folds a payment's
 * events gets the same ones again. The rows are in `postings`.
 */
export function postingsOf(before: Payment, fact: PaymentFact, time: string): Transfer[] {
  const post = poster(before, time);
  switch (fact.type) {
    case 'payment.reserved':
      return [post.hold('authorized', fact.facts.transfer_id, fact.facts.amount, null)];
    case 'payment.reservation_released':
      return [post.release(before.hold, null)];
    case 'payment.captured': {
      const { operation_id: operation, amount, fee, final } = fact.facts;
      const leftMinor = (before.hold?.amountMinor ?? amount) - amount;
      return [
        post.capture(before.hold, operation, amount),
        // A fee of nothing is no transfer.
        ...(fee === 0 ? [] : [post.posted('fee', operation, fee)]),
        ...(final || leftMinor === 0
          ? []
          : [
              post.hold(
                'held_anew',
                transferId(before.id, 'held_anew', operation),
                leftMinor,
                operation,
              ),
            ]),
      ];
    }
    case 'payment.canceled':
    case 'payment.expired':
      return [post.release(before.hold, fact.facts.operation_id)];
    case 'payment.refund_held':
      return [post.posted('refund_requested', fact.facts.operation_id, fact.facts.amount)];
    case 'payment.refund_returned':
      return [post.posted('refund_returned', fact.facts.operation_id, fact.facts.amount)];
    case 'payment.refunded':
      return [post.posted('refund_confirmed', fact.facts.operation_id, fact.facts.amount)];
    case 'payment.dispute_opened': {
      const { dispute_id: dispute, amount, fee } = fact.facts;
      return [post.posted('chargeback', dispute, amount + fee)];
    }
    case 'payment.dispute_won': {
      const { dispute_id: id } = fact.facts;
      const dispute = before.disputes.find((known) => known.id === id);
      return dispute ? [post.posted('chargeback_reversed', id, dispute.amountMinor)] : [];
    }
    default:
      return [];
  }
}

/** Makes the transfers of one payment at one time. */
function poster(payment: Payment, time: string) {
  const source = (operationId: string | null) => ({
    tenant: payment.tenant,
    currency: payment.request.currency,
    paymentId: payment.id,
    operationId,
    time,
  });
  const idOf = (posting: PostingName, operation: string | null) =>
    transferId(payment.id, posting, operation ?? undefined);
  const pendingOf = (hold: Hold | null) => ({
    pendingId: hold?.transferId ?? transferId(payment.id, 'authorized'),
    pendingAmountMinor: hold?.amountMinor ?? payment.request.amount,
  });
  return {
    posted: (posting: PostingName, operation: string, amountMinor: number): Transfer =>
      postedTransfer(posting, amountMinor, idOf(posting, operation), source(operation)),
    hold: (
      posting: 'authorized' | 'held_anew',
      id: string,
      amountMinor: number,
      operation: string | null,
    ): Transfer => ({
      ...transferOf(posting, amountMinor, id, source(operation)),
      kind: 'pending',
    }),
    capture: (hold: Hold | null, operation: string, amountMinor: number): Transfer => ({
      ...transferOf('captured', amountMinor, idOf('captured', operation), source(operation)),
      kind: 'post_pending',
      ...pendingOf(hold),
    }),
    release: (hold: Hold | null, operation: string | null): Transfer => ({
      ...transferOf(
        'released',
        pendingOf(hold).pendingAmountMinor,
        idOf('released', operation),
        source(operation),
      ),
      kind: 'void_pending',
      ...pendingOf(hold),
    }),
  };
}
