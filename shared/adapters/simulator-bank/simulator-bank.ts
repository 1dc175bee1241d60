import {
  SimulatorPayout,
  type SimulatorPayoutBody,
  type SimulatorPayoutResource,
} from '../../contracts/simulator/payouts.ts';
import type { Bank, OrderOutcome, TransferOrder } from '../../ports/payouts/bank.ts';
import { type SimulatorClientOptions, simulatorClient } from '../simulator-client/client.ts';

const rejected = 'bank_rejected';

/** The simulator as the merchants' bank, over HTTP. */
export function simulatorBank(options: SimulatorClientOptions): Bank {
  const send = simulatorClient(options);
  return {
    name: 'simulator',
    send: (order) =>
      send(
        '/payouts',
        { idempotencyKey: order.operationId, body: bodyOf(order) },
        {
          noun: 'payout',
          schema: SimulatorPayout,
          declines: new Set(['account_closed']),
          rejections: {
            malformed_json: rejected,
            invalid_request: rejected,
            unknown_destination: rejected,
          },
          success: acceptanceOf(order),
        },
      ),
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

/** Accepted when the bank took exactly this order; null when it says anything else. */
function acceptanceOf(order: TransferOrder) {
  return (payout: SimulatorPayoutResource): OrderOutcome | null =>
    payout.operation_id === order.operationId &&
    payout.reference === order.reference &&
    payout.amount === order.amountMinor &&
    payout.currency === order.currency &&
    payout.destination === order.destination &&
    payout.status === 'in_transit'
      ? { kind: 'accepted', bankReference: payout.id }
      : null;
}
