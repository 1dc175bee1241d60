import { releaseHold } from '../../../shared/domain/payment/release-hold.ts';
import { type AdvanceDependencies, advance } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Undoes a reservation:
 * 1. nothing to do when there is no hold, or none any more
 * 2. void the pending transfer with the payment's change
 * 3. unless the PSP may have the money: then the outcome is unknown, and the hold stays
 */
export function release(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await advance(deps, command, (payment, stamp) => releaseHold(payment, command.error, stamp));
  };
}
