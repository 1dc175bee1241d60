import { meaningOf, type PayoutNotice } from '../../../shared/domain/payout/bank/notice.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import {
  type AdvancePayoutDependencies,
  updatePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';

/**
 * Takes what the bank tells of a payout:
 * 1. read the payout; a notice that contradicts the record is for a person to look at
 * 2. nothing to do when the payout has what the notice says
 * 3. else end the payout with it, with its posting; the notice is the cause
 */
export function takePayout(deps: AdvancePayoutDependencies) {
  return async (notice: PayoutNotice): Promise<void> => {
    const { reference } = notice.data;
    await updatePayout(
      deps,
      async (load) => {
        const payout = await load(reference);
        if (!payout) {
          throw new Poison('the notice is of no payout that there is');
        }
        return payout;
      },
      (payout, stamp) => {
        const meaning = meaningOf(payout, notice);
        if (meaning === null) {
          return null;
        }
        if ('contradiction' in meaning) {
          throw new Poison(meaning.contradiction);
        }
        return changePayout(payout, meaning, stamp, notice.id);
      },
    );
  };
}
