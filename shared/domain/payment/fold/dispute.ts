import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import type { Dispute } from '../operations/dispute.ts';
import type { Payment } from '../state.ts';
import { IllegalTransition } from './illegal.ts';

type DisputeFact = Extract<PaymentFact, { type: `payment.dispute_${string}` }>;

/** What a fact about a dispute changes: nothing of the payment's status and amounts. */
export function changeByDispute(
  before: Payment,
  fact: DisputeFact,
  time: string,
): Pick<Payment, 'disputes'> {
  const { dispute_id: id } = fact.facts;
  const known = before.disputes.find((dispute) => dispute.id === id);
  if (fact.type === 'payment.dispute_opened') {
    if (known) {
      throw new IllegalTransition(`${fact.type} of a dispute that is ${known.status}`);
    }
    if (fact.facts.amount > before.amountCapturedMinor) {
      throw new IllegalTransition(`${fact.type} over more than was captured`);
    }
    const opened: Dispute = {
      id,
      provider: fact.facts.provider,
      status: 'opened',
      amountMinor: fact.facts.amount,
      feeMinor: fact.facts.fee,
      reason: fact.facts.reason,
      opened: time,
    };
    return { disputes: [...before.disputes, opened] };
  }
  if (known?.status !== 'opened') {
    throw new IllegalTransition(
      `${fact.type} of a dispute that is ${known?.status ?? 'not there'}`,
    );
  }
  const status = fact.type === 'payment.dispute_won' ? 'won' : 'lost';
  return {
    disputes: before.disputes.map((dispute) =>
      dispute.id === id ? { ...dispute, status } : dispute,
    ),
  };
}
