import { changePayout } from '../../../shared/domain/payout/change.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import {
  type AdvancePayoutDependencies,
  claimPayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import type { PayoutCommand } from '../../../shared/runtime/payout/payout-task.ts';

/**
 * Takes a payout's amount from what is available into transit:
 * 1. nothing to do when this execution has done it already
 * 2. a payout that is not under way any more is not taken
 * 3. one that was resumed after its reservation is this execution's from here on, as it is
 * 4. else write the transfer with the payout's change, if so much is available; the execution owns the
 *    payout from here
 */
export function reservePayout(deps: AdvancePayoutDependencies) {
  return async (command: PayoutCommand): Promise<void> => {
    const { execution } = command;
    await claimPayout(deps, command, (payout, stamp) => {
      const { status, reservation, progress, request } = payout;
      if (reservation !== null && !progress.resumed) {
        return null;
      }
      if (status !== 'processing') {
        throw new Refusal('Superseded', `the payout is ${status}`);
      }
      return changePayout(
        payout,
        reservation === null
          ? { type: 'payout.reserved', facts: { amount: request.amount, execution } }
          : { type: 'payout.taken_over', facts: { execution } },
        stamp,
      );
    });
  };
}
