import type { PaymentEvent } from './payment-events.ts';
import type { PayoutEvent } from './payout-events.ts';
import { paymentEventSource, payoutEventSource } from './sources.ts';

/** An event of any kind: what the table `payments` stores and the bus carries. */
export type AnyEvent = PaymentEvent | PayoutEvent;

/** The bus source of an event. */
export function eventSourceOf({ type }: Pick<AnyEvent, 'type'>): string {
  return isPayoutEventType(type) ? payoutEventSource : paymentEventSource;
}

/** True for an event of a payout; any other is of a payment. */
export function isPayoutEventType(type: string): type is PayoutEvent['type'] {
  return type.startsWith('payout.');
}
