import { operationId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { type AdvanceDependencies, advance } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Sees to it that an unknown outcome is on record:
 * 1. nothing to do when it is, or when the payment has come to rest meanwhile
 * 2. nor when the PSP's answer is on record, a no or a reversal, or nothing is held for a charge any
 *    more: what is left to do the sweeper begins anew
 * 3. else the step could not say itself what happened (it crashed at every try): record that
 */
export function suspend(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await advance(deps, command, (payment, stamp) => {
      const isKnown =
        payment.decline !== null || payment.charge?.reversed || payment.hold?.state !== 'pending';
      if (payment.unknown || payment.status !== 'processing' || isKnown) {
        return null;
      }
      const operation = payment.charge ? 'reverse' : 'charge';
      return changePayment(
        payment,
        {
          type: 'payment.outcome_unknown',
          facts: {
            operation_id: operationId(payment.id, operation),
            operation,
            reason: `the step ended without an answer: ${command.error ?? 'no error given'}`,
          },
        },
        stamp,
      );
    });
  };
}
