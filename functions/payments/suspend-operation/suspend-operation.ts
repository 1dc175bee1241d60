import type { AdvanceDependencies } from '../../../shared/runtime/advance.ts';
import { endOperation } from '../../../shared/runtime/operation/end-operation.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Sees to it that an unknown outcome is on record:
 * 1. nothing to do when it is, or when the operation has ended meanwhile
 * 2. a step that recorded the PSP's no, and then could not say so at any try, did not leave the
 *    outcome unknown: the operation has failed, and ends here, as nothing else would end it
 * 3. else the step could not say itself what happened: record that
 */
export function suspendOperation(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await endOperation(deps, command);
  };
}
