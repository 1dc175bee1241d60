import type { AdvanceDependencies } from '../../../shared/runtime/advance.ts';
import { claimOperation } from '../../../shared/runtime/operation/advance-operation.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Takes an operation for its execution:
 * 1. one that has ended, or is another execution's, is not ours to act for
 * 2. one that this execution took before is its again, and that it began anew goes on record, once
 * 3. else write that it is this execution's from here on
 */
export function beginOperation(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await claimOperation(deps, command, ({ id }) => ({
      type: 'payment.operation_started',
      facts: { operation_id: id, execution: command.execution },
    }));
  };
}
