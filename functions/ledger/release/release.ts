import { releaseHold } from '../../../shared/domain/payment/release-hold.ts';
import { type AdvanceDependencies, advance } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Undoes a reservation:
 * 1. nothing to do when there is no hold, or none any more
 * 2. void the pending transfer with the payment's change
 */
export function release(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await advance(deps, command, releaseHold);
  };
}
