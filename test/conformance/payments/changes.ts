import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import type { AcceptedPaymentRequest } from '../../../shared/contracts/payment.ts';
import { transferId } from '../../../shared/domain/ids.ts';
import { changePayment, type PaymentChange } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { facts } from '../../support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';

/** One clock for all: no two changes have one event id. */
export const nextStamp = countingStamps();
let tenants = 0;

/** A tenant that no other test has: the tests share their tables. */
export function aTenant(): string {
  tenants += 1;
  return `tenant-${tenants}`;
}

/** The first change of a payment. */
export function aChange(
  tenant: string,
  key = 'k',
  request: Partial<AcceptedPaymentRequest> = {},
): PaymentChange {
  return anAcceptedPayment(nextStamp, request, { tenant, key });
}

/** The change that holds the amount, with its transfer. */
export function held(payment: Payment): PaymentChange {
  return changePayment(payment, own(payment, facts.reserved), nextStamp());
}

/** The change that captures, with its postings. */
export function captured(payment: Payment): PaymentChange {
  return changePayment(payment, own(payment, facts.captured), nextStamp());
}

/** The change that releases the hold, with its transfer. */
export function released(payment: Payment): PaymentChange {
  return changePayment(payment, own(payment, facts.released), nextStamp());
}

/** The fact as it is of this payment: its transfer, its amount. */
function own<Fact extends PaymentFact>(payment: Payment, fact: Fact): Fact {
  return {
    ...fact,
    facts: {
      ...fact.facts,
      ...('transfer_id' in fact.facts ? { transfer_id: transferId(payment.id, 'authorized') } : {}),
      ...('amount' in fact.facts ? { amount: payment.request.amount } : {}),
    },
  };
}
