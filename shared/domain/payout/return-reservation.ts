import type { Stamp } from '../payment/change.ts';
import { changePayout, type PayoutChange } from './change.ts';
import type { Payout } from './state.ts';

/**
 * Makes the amount available again; null when it is not in transit, or not any more.
 *
 * @throws IllegalPayoutChange when the bank has the order, or may have it
 */
export function returnReservation(payout: Payout, stamp: Stamp): PayoutChange | null {
  if (payout.reservation !== 'held') {
    return null;
  }
  return changePayout(
    payout,
    { type: 'payout.returned', facts: { amount: payout.request.amount } },
    stamp,
  );
}
