import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { isTerminal, type Payment } from '../../../shared/domain/payment/state.ts';
import type { AppendPayment, LoadPayment } from '../../../shared/ports/payments.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { count } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

/** What a PSP tells of a dispute unasked. */
export type DisputeNotice = Extract<ProviderNoticeMessage, { type: `dispute.${string}` }>;

export interface DisputeDependencies {
  readonly load: LoadPayment;
  readonly append: AppendPayment;
  readonly nextStamp: NextStamp;
  /** Asks a PSP which payment a charge of its own is of. */
  readonly referenceOf?: (provider: string, providerReference: string) => Promise<string | null>;
}

/** A dispute opens and ends: two changes. More tries than this are beaten by others, and a fault. */
const attempts = 7;

/**
 * Takes what a PSP tells of a dispute:
 * 1. read the payment, which some PSPs have to be asked for; a dispute that cannot be of it is for a
 *    person to look at
 * 2. nothing to do when the payment has what the notice says
 * 3. write what it has not: every notice carries the whole dispute, so one that is won before it was
 *    opened is opened and won
 * 4. when another writer came first, start again at 1
 */
export function takeDispute({ load, append, nextStamp, referenceOf }: DisputeDependencies) {
  return async (notice: DisputeNotice): Promise<void> => {
    const { provider, data } = notice;
    const reference =
      data.reference ?? (await referenceOf?.(provider, data.provider_reference)) ?? null;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const payment = reference === null ? null : await load(reference);
      if (!payment) {
        throw new Poison('the dispute is of no payment that there is');
      }
      const fact = newsOf(payment, notice);
      if (fact === null) {
        return;
      }
      const answer = await append(changePayment(payment, fact, nextStamp()));
      if (answer === 'written' && fact.type === 'payment.dispute_opened') {
        count('DisputeOpened');
      }
    }
    throw new Error(`the payment was changed by others ${attempts} times`);
  };
}

/**
 * The next fact that a notice has for a payment; null when the payment has all of it.
 *
 * @throws Poison when the payment and the notice cannot both be right
 * @throws Error when the payment may still come to what the notice says: a dispute that is here
 *   before the capture is on record
 */
export function newsOf(payment: Payment, notice: DisputeNotice): PaymentFact | null {
  const { provider, data } = notice;
  const told = { dispute_id: data.dispute_id, provider };
  if (data.currency !== payment.request.currency) {
    throw new Poison('the dispute is in another currency than the payment');
  }
  if (payment.charge && payment.charge.provider !== provider) {
    throw new Poison('the dispute is told by another PSP than has the charge');
  }
  if (payment.charge && payment.charge.reference !== data.provider_reference) {
    throw new Poison('the dispute is of another charge than the payment has');
  }
  const known = payment.disputes.find(({ id }) => id === data.dispute_id);
  if (!known) {
    if (data.amount > payment.amountCapturedMinor) {
      const reason = 'the dispute is over more than was captured';
      throw isTerminal(payment.status) ? new Poison(reason) : new Error(`${reason} until now`);
    }
    return {
      type: 'payment.dispute_opened',
      facts: { ...told, amount: data.amount, fee: data.fee, reason: data.reason },
    };
  }
  if (known.amountMinor !== data.amount || known.feeMinor !== data.fee) {
    throw new Poison('the dispute is over another amount or fee than on record');
  }
  const end = endOf(notice);
  if (end === null || end === known.status) {
    return null;
  }
  if (known.status !== 'opened') {
    throw new Poison(`the dispute was ${known.status}, and now it is ${end}`);
  }
  return { type: end === 'won' ? 'payment.dispute_won' : 'payment.dispute_lost', facts: told };
}

/** How the dispute ended, as a notice tells it; null for one that says only that it was opened. */
function endOf({ type }: DisputeNotice): 'won' | 'lost' | null {
  switch (type) {
    case 'dispute.opened':
      return null;
    case 'dispute.won':
      return 'won';
    case 'dispute.lost':
      return 'lost';
  }
}
