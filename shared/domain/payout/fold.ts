import type { PayoutEvent, PayoutFact } from '../../contracts/events/payout-events.ts';
import { known, resumed } from '../payment/fold/charge.ts';
import { isOver, mayBeAtTheBank, type Payout, payoutTransitions } from './state.ts';

/** A change that a payout cannot take: a defect of the caller, never of the client. */
export class IllegalPayoutChange extends Error {
  override readonly name = 'IllegalPayoutChange';
}

/** Everything of an event but its facts: who, when, and in which order. */
type EventContext = Pick<
  PayoutEvent,
  'id' | 'time' | 'tenant' | 'subject' | 'sequence' | 'correlation_id'
>;

/**
 * Applies one event to the state before it. Pure; the only place that says what an event means.
 *
 * @throws IllegalPayoutChange when the event cannot follow: no payout, a payout already there, a gap
 *   in the sequence, a status that the table does not lead to, anything after the end, an end that
 *   leaves the amount in transit, or an amount given back that the bank has, or may have.
 */
export function applyPayoutEvent(
  before: Payout | null,
  context: EventContext,
  fact: PayoutFact,
): Payout {
  const expected = (before?.version ?? 0) + 1;
  if (context.sequence !== expected) {
    throw new IllegalPayoutChange(
      `event ${context.sequence} of a payout at version ${expected - 1}`,
    );
  }
  if (before === null) {
    return openPayout(context, fact);
  }
  if (isOver(before.status)) {
    throw new IllegalPayoutChange(`${fact.type} of a payout that is ${before.status}`);
  }
  const changed = change(before, fact, context.time);
  const { status } = changed;
  if (status && !payoutTransitions[before.status].includes(status)) {
    throw new IllegalPayoutChange(`${fact.type} takes ${before.status} to ${status}`);
  }
  const after = { ...before, ...changed };
  if (isOver(after.status) && after.reservation === 'held') {
    throw new IllegalPayoutChange(`${fact.type} would leave the amount in transit`);
  }
  return { ...after, version: context.sequence, lastEventId: context.id };
}

/** What a fact changes. */
function change(before: Payout, fact: PayoutFact, time: string): Partial<Payout> {
  const refuseIf = (isIllegal: boolean) => {
    if (isIllegal) {
      throw new IllegalPayoutChange(`${fact.type} does not fit the payout, ${before.status}`);
    }
  };
  const { status, reservation, order, decline, unknown, parked, progress } = before;
  /** Nothing is known of the order but that the amount is there for it. */
  const isOpen = reservation === 'held' && order === null && decline === null;
  switch (fact.type) {
    case 'payout.requested':
      throw new IllegalPayoutChange('payout.requested of a payout that exists');
    case 'payout.reserved':
      refuseIf(reservation !== null || fact.facts.amount !== before.request.amount);
      return {
        reservation: 'held',
        execution: fact.facts.execution,
        progress: { ...progress, resumed: false },
      };
    case 'payout.resumed':
      refuseIf(status !== 'processing' || unknown !== null);
      return { progress: resumed(progress, time), parked: null };
    case 'payout.taken_over':
      refuseIf(status !== 'processing' || before.execution === null || !progress.resumed);
      return { execution: fact.facts.execution, progress: { ...progress, resumed: false } };
    case 'payout.sending':
      refuseIf(!isOpen || unknown !== null);
      // Two banks would each take it.
      refuseIf(mayBeAtTheBank(before) && fact.facts.provider !== before.provider);
      return { provider: fact.facts.provider, tries: before.tries + 1 };
    case 'payout.bank_busy':
      // Of two tries without an answer it is not said which one the bank was too busy for.
      refuseIf(!isOpen || unknown !== null || before.tries !== before.busyTries + 1);
      return { busyTries: before.busyTries + 1 };
    case 'payout.sent':
      refuseIf(!isOpen || !mayBeAtTheBank(before));
      return { status: 'in_transit', order: orderOf(fact.facts), ...known };
    case 'payout.declined': {
      refuseIf(!isOpen || !mayBeAtTheBank(before));
      const { code, message } = fact.facts;
      return { decline: { code, message }, ...known };
    }
    case 'payout.outcome_unknown':
      refuseIf(!isOpen || !mayBeAtTheBank(before) || unknown !== null);
      return { unknown: { since: time } };
    case 'payout.parked':
      refuseIf(status !== 'processing' || parked !== null);
      return { parked: { since: time, reason: fact.facts.reason, resolution: null } };
    case 'payout.outcome_resolved': {
      const { outcome, bank_reference: providerReference } = fact.facts;
      refuseIf((outcome === 'took_effect') !== (providerReference !== null));
      if (!unknown || !parked) {
        throw new IllegalPayoutChange(`${fact.type} of a payout that waits for nobody`);
      }
      return { parked: { ...parked, resolution: { outcome, providerReference } } };
    }
    case 'payout.returned':
      refuseIf(reservation !== 'held' || order !== null || mayBeAtTheBank(before));
      refuseIf(fact.facts.amount !== before.request.amount);
      return { reservation: 'returned' };
    case 'payout.paid':
      refuseIf(reservation !== 'held' || decline !== null || before.tries === 0);
      return {
        status: 'paid',
        reservation: 'paid',
        order: orderOf(fact.facts),
        ...known,
      };
    case 'payout.failed': {
      const { code, message, came_back } = fact.facts;
      refuseIf((came_back !== null) !== (reservation === 'held'));
      refuseIf(came_back !== null && before.tries === 0);
      return {
        status: 'failed',
        failure: { code, message },
        ...known,
        ...(came_back ? { reservation: 'returned', order: orderOf(came_back) } : {}),
      };
    }
  }
}

function orderOf(facts: {
  readonly provider: string;
  readonly bank_reference: string;
}): NonNullable<Payout['order']> {
  return { provider: facts.provider, reference: facts.bank_reference };
}

function openPayout(context: EventContext, fact: PayoutFact): Payout {
  if (fact.type !== 'payout.requested') {
    throw new IllegalPayoutChange(`${fact.type} of a payout that does not exist`);
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
    execution: null,
    progress: { since: context.time, resumes: 0, resumed: false },
    reservation: null,
    provider: null,
    tries: 0,
    busyTries: 0,
    order: null,
    decline: null,
    unknown: null,
    parked: null,
    failure: null,
  };
}

/**
 * The state after a payout's events, in their order; null for none. What `data.payout` of each event
 * says is not used, so that comparing the two is a proof.
 *
 * @param from the state that the first of them follows; null: they are all
 */
export function foldPayout(
  events: readonly PayoutEvent[],
  from: Payout | null = null,
): Payout | null {
  return events.reduce<Payout | null>(
    (payout, event) => applyPayoutEvent(payout, event, payoutFactOf(event)),
    from,
  );
}

/** The facts of a stored event, without the payout that it carries for its readers. */
export function payoutFactOf(event: PayoutEvent): PayoutFact {
  const { payout: _, ...facts } = event.data;
  return { type: event.type, facts } as PayoutFact;
}
