import type { PayoutEvent, PayoutFact } from '../../contracts/events/payout-events.ts';
import type { CreatePayoutBody } from '../../contracts/payouts/payouts.ts';
import { payoutEventVersion } from '../event-versions.ts';
import { requestedId } from '../ids.ts';
import type { Transfer } from '../ledger/transfer.ts';
import type { Stamp } from '../payment/change.ts';
import { applyPayoutEvent } from './fold.ts';
import { payoutPostingsOf } from './postings.ts';
import { type Payout, renderPayout } from './state.ts';

/** One change of a payout: what one transaction writes, whole or not at all. */
export interface PayoutChange {
  readonly after: Payout;
  readonly event: PayoutEvent;
  readonly transfers: readonly Transfer[];
}

/** The id of the payout that `POST /payouts` makes for a tenant's idempotency key. */
export function payoutId(tenant: string, idempotencyKey: string): string {
  return requestedId(tenant, 'POST /payouts', idempotencyKey);
}

/** The change that makes a payout. `version` 1, `processing`. */
export function requestPayout(
  command: {
    readonly id: string;
    readonly tenant: string;
    readonly request: CreatePayoutBody;
    readonly requestHash: string;
    readonly correlationId: string;
    readonly requestId: string;
  },
  stamp: Stamp,
): PayoutChange {
  const fact: PayoutFact = {
    type: 'payout.requested',
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
 * The change that a fact makes to a payout, with the postings that belong to it.
 *
 * @param cause what led to it, when that is not the change before it: a notice
 * @throws IllegalPayoutChange when the payout cannot take it
 */
export function changePayout(
  before: Payout,
  fact: PayoutFact,
  stamp: Stamp,
  cause = before.lastEventId,
): PayoutChange {
  return changeOf(before, fact, stamp, {
    tenant: before.tenant,
    subject: before.id,
    correlation_id: before.correlationId,
    causation_id: cause,
  });
}

function changeOf(
  before: Payout | null,
  fact: PayoutFact,
  stamp: Stamp,
  origin: Pick<PayoutEvent, 'tenant' | 'subject' | 'correlation_id' | 'causation_id'>,
): PayoutChange {
  const context = {
    id: stamp.eventId,
    time: stamp.time,
    sequence: (before?.version ?? 0) + 1,
    ...origin,
  };
  const after = applyPayoutEvent(before, context, fact);
  const event = {
    id: context.id,
    type: fact.type,
    version: payoutEventVersion,
    time: context.time,
    tenant: context.tenant,
    subject: context.subject,
    sequence: context.sequence,
    correlation_id: context.correlation_id,
    causation_id: context.causation_id,
    data: { ...fact.facts, payout: renderPayout(after) },
  } as PayoutEvent;
  return { after, event, transfers: before ? payoutPostingsOf(before, fact, stamp.time) : [] };
}
