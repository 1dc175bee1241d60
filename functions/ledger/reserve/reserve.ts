import { transferId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { routedCharge } from '../../../shared/domain/payment/routed.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import { type AdvanceDependencies, advance } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Holds a payment's amount in the ledger:
 * 1. nothing to do when this execution holds it already
 * 2. a payment that has ended belongs to nobody any more
 * 3. write the pending transfer with the payment's change, and the PSP that the charge is routed to;
 *    the execution owns the payment from here
 */
export function reserve({
  providers,
  ...deps
}: AdvanceDependencies & { readonly providers: Pick<Providers, 'route'> }) {
  return async (command: TaskCommand): Promise<void> => {
    await advance(deps, command, (payment, stamp) => {
      if (payment.hold) {
        return null;
      }
      if (payment.status !== 'processing') {
        throw new Refusal('Superseded', `the payment is ${payment.status}`);
      }
      return changePayment(
        payment,
        {
          type: 'payment.reserved',
          facts: {
            transfer_id: transferId(payment.id, 'authorized'),
            amount: payment.request.amount,
            execution: command.execution,
            provider: providers.route(routedCharge(payment))[0],
          },
        },
        stamp,
      );
    });
  };
}
