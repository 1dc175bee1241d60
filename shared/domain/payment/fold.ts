import type { PaymentEvent, PaymentFact } from '../../contracts/events/payment-events.ts';
import { changeByCharge, refuseWhileCharged } from './fold/charge.ts';
import { changeByDispute } from './fold/dispute.ts';
import { IllegalTransition } from './fold/illegal.ts';
import { changeByOperation } from './fold/operation.ts';
import { isTerminal, type Payment, transitions } from './state.ts';

export { IllegalTransition } from './fold/illegal.ts';

/** Everything of an event but its facts: who, when, and in which order. */
export type EventContext = Pick<
  PaymentEvent,
  'id' | 'time' | 'tenant' | 'subject' | 'sequence' | 'correlation_id'
>;

/**
 * Applies one event to the state before it. Pure; the only place that says what an event means.
 *
 * @throws IllegalTransition when the event cannot follow: no payment, a payment already there, a
 *   gap in the sequence, a status that the table does not lead to, anything but a refund or a dispute
 *   after the end, an end that leaves a hold behind, more captured than authorized or refunded than
 *   captured, or a release or a failure while the PSP has the money, or may have it.
 */
export function applyEvent(
  before: Payment | null,
  context: EventContext,
  fact: PaymentFact,
): Payment {
  const expected = (before?.version ?? 0) + 1;
  if (context.sequence !== expected) {
    throw new IllegalTransition(
      `event ${context.sequence} of a payment at version ${expected - 1}`,
    );
  }
  if (before === null) {
    return openPayment(context, fact);
  }
  if (isTerminal(before.status) && !factsAfterTheEnd.has(fact.type)) {
    throw new IllegalTransition(`${fact.type} of a payment that is ${before.status}`);
  }
  const changed = change(before, fact, context.time);
  const { status } = changed;
  if (status && status !== before.status && !transitions[before.status].includes(status)) {
    throw new IllegalTransition(`${fact.type} takes ${before.status} to ${status}`);
  }
  const after = { ...before, ...changed };
  if (after.amountCapturedMinor > after.amountAuthorizedMinor) {
    throw new IllegalTransition(`${fact.type} takes more than was authorized`);
  }
  if (after.amountRefundedMinor > after.amountCapturedMinor) {
    throw new IllegalTransition(`${fact.type} gives back more than was captured`);
  }
  if (isTerminal(after.status) && after.hold?.state === 'pending') {
    throw new IllegalTransition(
      `${fact.type} would leave a hold on a payment that is ${after.status}`,
    );
  }
  return { ...after, version: context.sequence, lastEventId: context.id };
}

/**
 * What can still happen to a payment that has ended: its status stays, but captured money can be
 * refunded and disputed.
 */
const factsAfterTheEnd: ReadonlySet<PaymentFact['type']> = new Set<PaymentFact['type']>([
  'payment.refund_requested',
  'payment.refund_held',
  'payment.refund_returned',
  'payment.refunded',
  'payment.operation_restarted',
  'payment.operation_declined',
  'payment.operation_failed',
  'payment.provider_busy',
  'payment.outcome_unknown',
  'payment.outcome_resolved',
  'payment.parked',
  'payment.refund_resumed',
  'payment.dispute_opened',
  'payment.dispute_won',
  'payment.dispute_lost',
]);

/** What a fact changes. */
function change(before: Payment, fact: PaymentFact, time: string): Partial<Payment> {
  switch (fact.type) {
    case 'payment.accepted':
      throw new IllegalTransition('payment.accepted of a payment that exists');
    case 'payment.dispute_opened':
    case 'payment.dispute_won':
    case 'payment.dispute_lost':
      return changeByDispute(before, fact, time);
    case 'payment.failed':
      refuseWhileCharged(before, fact.type);
      return {
        status: 'failed',
        failure: { code: fact.facts.code, message: fact.facts.message },
        parked: null,
      };
    default:
      return changeByOperation(before, fact, time) ?? changeByCharge(before, fact, time);
  }
}

function openPayment(context: EventContext, fact: PaymentFact): Payment {
  if (fact.type !== 'payment.accepted') {
    throw new IllegalTransition(`${fact.type} of a payment that does not exist`);
  }
  return {
    id: context.subject,
    tenant: context.tenant,
    version: context.sequence,
    status: 'processing',
    request: fact.facts.request,
    requestHash: fact.facts.request_hash,
    created: context.time,
    correlationId: context.correlation_id,
    lastEventId: context.id,
    amountAuthorizedMinor: 0,
    amountCapturedMinor: 0,
    amountRefundedMinor: 0,
    feesMinor: 0,
    authorizationExpires: null,
    execution: null,
    restarted: false,
    progress: { since: context.time, resumes: 0, resumed: false },
    provider: null,
    hold: null,
    busyTries: 0,
    lastTry: 0,
    busyProvider: null,
    charge: null,
    decline: null,
    unknown: null,
    parked: null,
    failure: null,
    operations: [],
    disputes: [],
  };
}

/**
 * The state after a payment's events, in their order; null for none. What `data.payment` of each
 * event says is not used, so that comparing the two is a proof.
 *
 * @param from the state that the first of them follows; null: they are all
 */
export function foldPayment(
  events: readonly PaymentEvent[],
  from: Payment | null = null,
): Payment | null {
  return events.reduce<Payment | null>(
    (payment, event) => applyEvent(payment, event, factOf(event)),
    from,
  );
}

/** The facts of a stored event, without the payment that it carries for its readers. */
export function factOf(event: PaymentEvent): PaymentFact {
  const { payment: _, ...facts } = event.data;
  return { type: event.type, facts } as PaymentFact;
}
