import type { AdvanceDependencies } from '../../../shared/runtime/advance.ts';
import { endOperation } from '../../../shared/runtime/operation/end-operation.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Ends an operation that did not happen:
 * 1. when the PSP said no, was busy at each try or was never asked, that is known: the operation has
 *    failed, with the PSP's reason or one by the error that led here
 * 2. when the first step of an execution that may have begun anew could not be done, it is not: what
 *    an earlier run sent may have left nothing on record, so the outcome is unknown
 */
export function failOperation(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await endOperation(deps, command);
  };
}
