import type { PaymentEvent, PaymentFact } from '../../contracts/events/payment-events.ts';
import type { AcceptedPaymentRequest } from '../../contracts/payment.ts';
import { paymentEventVersion } from '../event-versions.ts';
import { postingsOf } from '../ledger/postings.ts';
import type { Transfer } from '../ledger/transfer.ts';
import { applyEvent } from './fold.ts';
import { type Payment, renderPayment } from './state.ts';

/** When a change happens and under which event id: time and randomness come in, never from within. */
export interface Stamp {
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  /** UUIDv7. */
  readonly eventId: string;
}

/** One change of a payment: what one transaction writes, whole or not at all. */
export interface PaymentChange {
  readonly after: Payment;
  readonly event: PaymentEvent;
  readonly transfers: readonly Transfer[];
}

/** The change that makes a payment. `version` 1, `processing`. */
export function acceptPayment(
  command: {
    readonly id: string;
    readonly tenant: string;
    readonly request: AcceptedPaymentRequest;
    readonly requestHash: string;
    readonly correlationId: string;
    readonly requestId: string;
  },
  stamp: Stamp,
): PaymentChange {
  const fact: PaymentFact = {
    type: 'payment.accepted',
    facts: { request: command.request, request_hash: command.requestHash },
  };
  return changeOf(null, fact, stamp, {
    tenant: command.tenant,
    subject: command.id,
    correlation_id: command.correlationId,
    causation_id: command.requestId,
  });
}

/**
 * The change that a fact makes to a payment, with the postings that belong to it.
 *
 * @param causationId the request that led to it, when it was not the payment's last event
 * @throws IllegalTransition when the state table does not allow it
 */
export function changePayment(
  before: Payment,
  fact: PaymentFact,
  stamp: Stamp,
  causationId = before.lastEventId,
): PaymentChange {
  return changeOf(before, fact, stamp, {
    tenant: before.tenant,
    subject: before.id,
    correlation_id: before.correlationId,
    causation_id: causationId,
  });
}

function changeOf(
  before: Payment | null,
  fact: PaymentFact,
  stamp: Stamp,
  origin: Pick<PaymentEvent, 'tenant' | 'subject' | 'correlation_id' | 'causation_id'>,
): PaymentChange {
  const context = {
    id: stamp.eventId,
    time: stamp.time,
    sequence: (before?.version ?? 0) + 1,
    ...origin,
  };
  const after = applyEvent(before, context, fact);
  const event = {
    id: context.id,
    type: fact.type,
    version: paymentEventVersion,
    time: context.time,
    tenant: context.tenant,
    subject: context.subject,
    sequence: context.sequence,
    correlation_id: context.correlation_id,
    causation_id: context.causation_id,
    data: { ...fact.facts, payment: renderPayment(after) },
  } as PaymentEvent;
  return { after, event, transfers: before ? postingsOf(before, fact, stamp.time) : [] };
}
