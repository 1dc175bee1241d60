import type { PaymentEvent } from '../../shared/contracts/events/payment-events.ts';
import { derivedId } from '../../shared/domain/ids.ts';
import type { Currency } from '../../shared/domain/money/currency.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import { facts } from './payments/facts.ts';
import { anAcceptedPayment, countingStamps } from './payments/payments.ts';

interface Given {
  readonly tenant?: string;
  /** Which payment of the tenant. */
  readonly payment?: number;
  readonly sequence?: number;
  /** The day of it. */
  readonly time?: string;
  readonly currency?: Currency;
}

function eventOf(fact: 'captured' | 'reserved', given: Given): PaymentEvent {
  const { tenant = 'acme', payment = 0, sequence = 1, time = '2026-11-21' } = given;
  const nextStamp = countingStamps();
  const accepted = anAcceptedPayment(nextStamp, { currency: given.currency ?? 'EUR' }).after;
  const reserved = changePayment(accepted, facts.reserved, nextStamp());
  const { event } =
    fact === 'reserved' ? reserved : changePayment(reserved.after, facts.captured, nextStamp());
  const subject = derivedId('counted', tenant, String(payment));
  return { ...event, tenant, subject, sequence, time: `${time}T12:00:00.000Z` };
}

/** A capture of a payment: it adds one capture to its day, and its fee if it has one. */
export function anAddingEvent({
  amount = 100,
  fee = 0,
  ...given
}: Given & { readonly amount?: number; readonly fee?: number } = {}): PaymentEvent {
  const event = eventOf('captured', given);
  return { ...event, data: { ...event.data, amount, fee } } as PaymentEvent;
}

/** A reservation: it adds nothing to any day. */
export function eventOfNothing(given: Given = {}): PaymentEvent {
  return eventOf('reserved', given);
}
