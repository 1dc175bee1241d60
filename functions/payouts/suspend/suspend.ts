import { changePayout } from '../../../shared/domain/payout/change.ts';
import { mayBeAtTheBank } from '../../../shared/domain/payout/state.ts';
import {
  type AdvancePayoutDependencies,
  advancePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import type { PayoutCommand } from '../../../shared/runtime/payout/payout-task.ts';

/**
 * Sees to it that an unknown outcome is on record:
 * 1. nothing to do when it is, or when the bank has said meanwhile what became of the order
 * 2. nor when no order went out, or none that the bank has not said a word of: nothing is unknown, and
 *    what is left to do the sweeper begins anew
 * 3. else the step could not say itself what happened (it crashed at every try): record that
 */
export function suspendPayout(deps: AdvancePayoutDependencies) {
  return async (command: PayoutCommand): Promise<void> => {
    await advancePayout(deps, command, (payout, stamp) =>
      payout.unknown || payout.status !== 'processing' || !mayBeAtTheBank(payout)
        ? null
        : changePayout(
            payout,
            {
              type: 'payout.outcome_unknown',
              facts: {
                reason: `the step ended without an answer: ${command.error ?? 'no error given'}`,
              },
            },
            stamp,
          ),
    );
  };
}
