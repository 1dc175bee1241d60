import type { PaymentEvent, PaymentFact } from '../../contracts/payment-events.ts';
import { type Hold, isTerminal, type Payment, transitions } from './state.ts';

/** A change that the state table does not allow: a defect of the caller, never of the client. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}

/** Everything of an event but its facts: who, when, and in which order. */
export type EventContext = Pick<
  PaymentEvent,
  'id' | 'time' | 'tenant' | 'subject' | 'sequence' | 'correlation_id'
>;

/**
 * Applies one event to the state before it. Pure; the only place that says what an event means.
 *
 * @throws IllegalTransition when the event cannot follow: no payment, a payment already there, a
 *   gap in the sequence, a status that the table does not lead to, any event after the end, an end
 *   that leaves a hold behind, or a release or a failure while the PSP has the money, or may have it.
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
  if (isTerminal(before.status)) {
    throw new IllegalTransition(`${fact.type} of a payment that is ${before.status}`);
  }
  const changed = change(before, fact);
  if (changed.status && !transitions[before.status].includes(changed.status)) {
    throw new IllegalTransition(`${fact.type} takes ${before.status} to ${changed.status}`);
  }
  const after = { ...before, ...changed };
  if (after.amountCapturedMinor > after.amountAuthorizedMinor) {
    throw new IllegalTransition(`${fact.type} takes more than was authorized`);
  }
  if (isTerminal(after.status) && after.hold?.state === 'pending') {
    throw new IllegalTransition(
      `${fact.type} would leave a hold on a payment that is ${after.status}`,
    );
  }
  return { ...after, version: context.sequence, lastEventId: context.id };
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
    execution: null,
    restarted: false,
    hold: null,
    busyTries: 0,
    charge: null,
    decline: null,
    unknown: null,
    failure: null,
  };
}

function change(before: Payment, fact: PaymentFact): Partial<Payment> {
  switch (fact.type) {
    case 'payment.accepted':
      throw new IllegalTransition('payment.accepted of a payment that exists');
    case 'payment.reserved':
      if (before.hold) {
        throw new IllegalTransition('payment.reserved of a payment with a hold');
      }
      return {
        execution: fact.facts.execution,
        hold: { transferId: fact.facts.transfer_id, state: 'pending' },
      };
    case 'payment.execution_restarted':
      return { restarted: true };
    case 'payment.provider_busy':
      return { busyTries: before.busyTries + 1 };
    case 'payment.authorized':
      refuseSecondOutcome(before, fact.type);
      return {
        status: 'authorized',
        amountAuthorizedMinor: fact.facts.amount,
        charge: charge(fact.facts, { captured: false, matches: true }),
        unknown: null,
      };
    case 'payment.captured':
      if (before.status === 'processing') {
        refuseSecondOutcome(before, fact.type);
      }
      return {
        status: 'captured',
        amountAuthorizedMinor:
          before.status === 'processing' ? fact.facts.amount : before.amountAuthorizedMinor,
        amountCapturedMinor: before.amountCapturedMinor + fact.facts.amount,
        hold: resolved(before.hold, 'posted'),
        charge: charge(fact.facts, { captured: true, matches: true }),
        unknown: null,
      };
    case 'payment.charge_declined':
      refuseSecondOutcome(before, fact.type);
      return {
        decline: { code: fact.facts.code, message: fact.facts.message },
        unknown: null,
      };
    case 'payment.charge_mismatched':
      refuseSecondOutcome(before, fact.type);
      return {
        charge: charge(fact.facts, { captured: fact.facts.captured, matches: false }),
        unknown: null,
      };
    case 'payment.outcome_unknown':
      return {
        unknown: { operation: fact.facts.operation, operationId: fact.facts.operation_id },
      };
    case 'payment.charge_reversed':
      if (!before.charge || before.charge.reversed) {
        throw new IllegalTransition('payment.charge_reversed of a payment without a charge');
      }
      return { charge: { ...before.charge, reversed: true }, unknown: null };
    case 'payment.reservation_released':
      refuseWhileCharged(before, fact.type);
      return { hold: resolved(before.hold, 'released') };
    case 'payment.failed':
      refuseWhileCharged(before, fact.type);
      return {
        status: 'failed',
        failure: { code: fact.facts.code, message: fact.facts.message },
      };
  }
}

/** @throws IllegalTransition when the PSP has the money, or nobody knows whether it has */
function refuseWhileCharged({ unknown, charge }: Payment, type: PaymentFact['type']): void {
  if (unknown) {
    throw new IllegalTransition(`${type} while the outcome of the ${unknown.operation} is unknown`);
  }
  if (charge && !charge.reversed) {
    throw new IllegalTransition(`${type} while the charge at the PSP stands`);
  }
}

function resolved(hold: Hold | null, state: 'posted' | 'released'): Hold {
  if (hold?.state !== 'pending') {
    throw new IllegalTransition(`a hold that is ${hold?.state ?? 'not there'} cannot be ${state}`);
  }
  return { ...hold, state };
}

/** @throws IllegalTransition when the charge's outcome is known already: it has one */
function refuseSecondOutcome(before: Payment, type: PaymentFact['type']): void {
  const isKnown = before.charge !== null || before.decline !== null;
  if (isKnown && before.unknown?.operation !== 'charge') {
    throw new IllegalTransition(`${type} of a charge that has its outcome`);
  }
}

function charge(
  facts: { readonly provider: string; readonly provider_reference: string },
  how: { readonly captured: boolean; readonly matches: boolean },
): NonNullable<Payment['charge']> {
  return {
    provider: facts.provider,
    reference: facts.provider_reference,
    reversed: false,
    ...how,
  };
}

/**
 * The state after a payment's events, in their order; null for none. What `data.payment` of each
 * event says is not used, so that comparing the two is a proof.
 */
export function foldPayment(events: readonly PaymentEvent[]): Payment | null {
  return events.reduce<Payment | null>(
    (payment, event) => applyEvent(payment, event, factOf(event)),
    null,
  );
}

/** The facts of a stored event, without the payment that it carries for its readers. */
export function factOf(event: PaymentEvent): PaymentFact {
  const { payment: _, ...facts } = event.data;
  return { type: event.type, facts } as PaymentFact;
}
