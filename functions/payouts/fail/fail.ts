import { changePayout } from '../../../shared/domain/payout/change.ts';
import { returnReservation } from '../../../shared/domain/payout/return-reservation.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import {
  type AdvancePayoutDependencies,
  advancePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import type { PayoutCommand } from '../../../shared/runtime/payout/payout-task.ts';

/** What the merchant reads, by the error that ended the payout; a decline has the bank's own code. */
const failures: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  InsufficientFunds: {
    code: 'insufficient_funds',
    message: 'Less was available than was to be paid out. Nothing was sent.',
  },
  ProviderBusy: {
    code: 'provider_unavailable',
    message: 'The bank was too busy to take the payout. Nothing was sent.',
  },
};

const internal = {
  code: 'internal_error',
  message: 'The payout could not be completed. Nothing was sent.',
};

/**
 * Ends a payout that did not happen:
 * 1. nothing to do when it has failed already
 * 2. a payout that the bank has is not ours to end
 * 3. an amount that is still in transit goes first: a reservation that timed out may have been
 *    written after its return found nothing
 * 4. write the reason: the bank's for a decline, else by the error that led here
 */
export function failPayout(deps: AdvancePayoutDependencies) {
  return async (command: PayoutCommand): Promise<void> => {
    const { status } = await advancePayout(deps, command, (payout, stamp) =>
      payout.status === 'processing' ? returnReservation(payout, stamp) : null,
    );
    if (status === 'failed') {
      return;
    }
    await advancePayout(deps, command, (payout, stamp) => {
      if (payout.status === 'failed') {
        return null;
      }
      if (payout.status !== 'processing') {
        throw new Refusal('Superseded', `the payout is ${payout.status}`);
      }
      return changePayout(
        payout,
        {
          type: 'payout.failed',
          facts: { ...reasonOf(payout, command.error), came_back: null },
        },
        stamp,
      );
    });
  };
}

function reasonOf(payout: Payout, error: string | null) {
  return payout.decline ?? (error === null ? undefined : failures[error]) ?? internal;
}
