import {
  SimulatorPayoutInquiry,
  type SimulatorPayoutInquiryResource,
} from '../../contracts/simulator/inquiries.ts';
import {
  SimulatorPayout,
  type SimulatorPayoutBody,
  type SimulatorPayoutResource,
} from '../../contracts/simulator/payouts.ts';
import type { Bank, OrderInquiry, OrderOutcome, TransferOrder } from '../../ports/payouts/bank.ts';
import { type SimulatorClientOptions, simulatorClient } from '../simulator-client/client.ts';
import { unavailable } from '../simulator-client/inquiry.ts';
import { type Declines, declineOf } from '../simulator-client/outcome.ts';

const rejected = 'bank_rejected';
const codes: Declines = {
  declines: new Set(['account_closed']),
  rejections: {
    malformed_json: rejected,
    invalid_request: rejected,
    unknown_destination: rejected,
  },
};

/** The simulator as the merchants' bank, over HTTP. */
export function simulatorBank(options: SimulatorClientOptions): Bank {
  const { send, ask } = simulatorClient(options);
  return {
    name: 'simulator',
    send: (order) =>
      send(
        '/payouts',
        { idempotencyKey: order.operationId, body: bodyOf(order) },
        {
          ...codes,
          noun: 'payout',
          schema: SimulatorPayout,
          success: acceptanceOf(order),
        },
      ),
    inquire: (order) =>
      ask('/payouts', order.reference, {
        noun: 'inquiry',
        schema: SimulatorPayoutInquiry,
        notFound: 'payout_not_found',
        found: findingOf(order),
      }),
  };
}

function bodyOf(order: TransferOrder): Record<keyof SimulatorPayoutBody, unknown> {
  return {
    operation_id: order.operationId,
    reference: order.reference,
    amount: order.amountMinor,
    currency: order.currency,
    destination: order.destination,
  };
}

/** What the bank knows of an order; that it has it in another form than it was sent is no answer. */
function findingOf(order: TransferOrder) {
  return ({ operations }: SimulatorPayoutInquiryResource): OrderInquiry => {
    const [known, ...others] = operations.filter(({ id }) => id === order.operationId);
    if (!known) {
      return { kind: 'not_found' };
    }
    if (others.length > 0) {
      return unavailable('the order is on record more than once');
    }
    if (known.status === 'declined') {
      return declineOf(known.error, codes);
    }
    return (
      acceptanceOf(order)(known.payout) ?? unavailable('answered 200 with another payout than sent')
    );
  };
}

type Acceptance = Extract<OrderOutcome, { readonly kind: 'accepted' }>;

/** Accepted when the bank took exactly this order; null when it says anything else. */
function acceptanceOf(order: TransferOrder) {
  return (payout: SimulatorPayoutResource): Acceptance | null =>
    payout.operation_id === order.operationId &&
    payout.reference === order.reference &&
    payout.amount === order.amountMinor &&
    payout.currency === order.currency &&
    payout.destination === order.destination &&
    payout.status === 'in_transit'
      ? { kind: 'accepted', bankReference: payout.id }
      : null;
}
