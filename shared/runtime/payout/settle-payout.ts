import {
  concludedPayout,
  goesOn,
  type PayoutConclusion,
} from '../../domain/payout/bank/conclude.ts';
import { changePayout } from '../../domain/payout/change.ts';
import type { Payout } from '../../domain/payout/state.ts';
import {
  type AdvancePayoutDependencies,
  loadStoredPayout,
  updatePayout,
} from './advance-payout.ts';

/**
 * Records what became of an order that was unknown, and lets the saga go on from there:
 * 1. nothing to do when it is known already: who recorded it lets the saga go on
 * 2. write the outcome
 * 3. where that is not the end, write that the saga begins anew; a call that dies before this leaves
 *    the payout to the sweeper
 */
export async function settlePayout(
  deps: AdvancePayoutDependencies,
  payoutId: string,
  conclusion: PayoutConclusion,
): Promise<Payout> {
  const read = (load: AdvancePayoutDependencies['load']) => loadStoredPayout(load, payoutId);
  let isOurs = false;
  const recorded = await updatePayout(deps, read, (payout, stamp) => {
    isOurs = payout.unknown !== null;
    return isOurs ? changePayout(payout, concludedPayout(payout, conclusion), stamp) : null;
  });
  if (!isOurs) {
    return recorded;
  }
  return updatePayout(deps, read, (payout, stamp) => {
    const fact = goesOn(payout, `the outcome is known now: ${conclusion.kind}`);
    return fact && changePayout(payout, fact, stamp);
  });
}
