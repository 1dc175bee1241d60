import type { PayoutEvent } from '../../contracts/events/payout-events.ts';
import type { Transfer } from '../ledger/transfer.ts';
import { changePayout, requestPayout } from '../payout/change.ts';
import { payoutFactOf } from '../payout/fold.ts';
import { isOver, type Payout } from '../payout/state.ts';
import { payoutStateVersion } from '../snapshot.ts';
import type { Maker } from './maker.ts';

/** How a payout is made again. */
export const payoutMaker: Maker<Payout, PayoutEvent> = {
  stateVersion: payoutStateVersion,
  make: (id, before, event) => {
    const stamp = { time: event.time, eventId: event.id };
    const fact = payoutFactOf(event);
    if (before) {
      return changePayout(before, fact, stamp, event.causation_id);
    }
    if (fact.type !== 'payout.requested') {
      throw new Error(`${fact.type} of a payout that does not exist`);
    }
    const { request, request_hash: requestHash } = fact.facts;
    const { tenant, correlation_id: correlationId, causation_id: requestId } = event;
    return requestPayout({ id, tenant, request, requestHash, correlationId, requestId }, stamp);
  },

  brokenRules: ({ status, reservation, request }, postings) => {
    const heldMinor = reservation === 'held' ? request.amount : 0;
    const inTransitMinor = inTransit(postings);
    return [
      ...(isOver(status) && heldMinor > 0
        ? [`it is ${status} and still has ${heldMinor} in transit`]
        : []),
      ...(inTransitMinor === heldMinor
        ? []
        : [`it has ${heldMinor} in transit, and its postings ${inTransitMinor}`]),
    ];
  },

  wrongExtras: (extras) =>
    extras.map((transfer) => ({ transfer, says: 'is made by none of its events' })),
};

/** What is in transit after some transfers of one payout, in minor units. */
function inTransit(transfers: readonly Transfer[]): number {
  return transfers.reduce(
    (sum, { creditAccount, amountMinor }) =>
      creditAccount === 'payout_in_transit' ? sum + amountMinor : sum - amountMinor,
    0,
  );
}
