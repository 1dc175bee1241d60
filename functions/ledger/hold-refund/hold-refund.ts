import type { AdvanceDependencies } from '../../../shared/runtime/advance.ts';
import { claimOperation } from '../../../shared/runtime/operation/advance-operation.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Takes a refund's amount from what the merchant is owed:
 * 1. a refund that has ended, or is another execution's, is not ours to act for
 * 2. one that this execution held before stays as it is, also when it went back since: that the
 *    execution began anew goes on record, once
 * 3. else write the amount into refunds in transit with the payment's change; the refund is this
 *    execution's from here on
 */
export function holdRefund(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await claimOperation(deps, command, ({ id, amountMinor }) => ({
      type: 'payment.refund_held',
      facts: { operation_id: id, amount: amountMinor, execution: command.execution },
    }));
  };
}
