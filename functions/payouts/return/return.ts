import { returnReservation } from '../../../shared/domain/payout/return-reservation.ts';
import {
  type AdvancePayoutDependencies,
  advancePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import type { PayoutCommand } from '../../../shared/runtime/payout/payout-task.ts';

/**
 * Undoes a reservation:
 * 1. nothing to do when there is none, or none any more, or the bank's notice came meanwhile
 * 2. make the amount available again with the payout's change
 */
export function returnPayout(deps: AdvancePayoutDependencies) {
  return async (command: PayoutCommand): Promise<void> => {
    await advancePayout(deps, command, returnReservation);
  };
}
