import type { AdvanceDependencies } from '../../../shared/runtime/advance.ts';
import { returnHeldRefund } from '../../../shared/runtime/operation/end-operation.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Undoes the hold of a refund:
 * 1. nothing to do when nothing is in transit, or nothing any more
 * 2. nor when it is not known that the PSP did nothing: what follows records that
 * 3. give the amount back to the merchant with the payment's change
 */
export function returnRefund(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await returnHeldRefund(deps, command);
  };
}
