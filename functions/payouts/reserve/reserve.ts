import { changePayout } from '../../../shared/domain/payout/change.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import {
  type AdvancePayoutDependencies,
  advancePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import type { PayoutCommand } from '../../../shared/runtime/payout/payout-task.ts';

/**
 * Takes a payout's amount from what is available into transit:
 * 1. nothing to do when this execution has done it already
 * 2. a payout that has failed belongs to nobody any more
 * 3. write the transfer with the payout's change, if so much is available; the execution owns the
 *    payout from here
 */
export function reservePayout(deps: AdvancePayoutDependencies) {
  return async (command: PayoutCommand): Promise<void> => {
    await advancePayout(deps, command, (payout, stamp) => {
      if (payout.reservation !== null) {
        return null;
      }
      if (payout.status !== 'processing') {
        throw new Refusal('Superseded', `the payout is ${payout.status}`);
      }
      return changePayout(
        payout,
        {
          type: 'payout.reserved',
          facts: { amount: payout.request.amount, execution: command.execution },
        },
        stamp,
      );
    });
  };
}
