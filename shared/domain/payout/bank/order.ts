import type { TransferOrder } from '../../../ports/payouts/bank.ts';
import type { Payout } from '../state.ts';

/** The order that a payout is to the bank: the same one each time, so that the bank takes one at most. */
export function orderOf({ id, request }: Payout): TransferOrder {
  return {
    operationId: id,
    reference: id,
    amountMinor: request.amount,
    currency: request.currency,
    destination: request.destination,
  };
}
