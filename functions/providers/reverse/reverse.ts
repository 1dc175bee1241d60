import { operationId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { meansOfReversal, reversedCharge } from '../../../shared/domain/payment/outcome.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import { type AdvanceDependencies, advance, loadOwned } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Undoes a charge at the PSP:
 * 1. nothing to do when there was none, or it is reversed already
 * 2. an outcome that is unknown stays so: nothing is sent before it is known
 * 3. a payment that came to rest with its charge keeps it: giving that back is not ours
 * 4. void what was only authorized, refund what was captured, under an operation id of its own
 * 5. busy is tried again by the saga table; a refusal of the PSP is for a person
 * 6. record what is known
 */
export function reverse({
  providers,
  ...deps
}: AdvanceDependencies & { readonly providers: Providers }) {
  return async (command: TaskCommand): Promise<void> => {
    const payment = await loadOwned(deps.load, command);
    const { charge } = payment;
    if (isRecorded(payment) || !charge) {
      return answer(payment);
    }
    if (payment.status !== 'processing') {
      throw new Refusal('Superseded', `the payment is ${payment.status}`);
    }
    const provider = providers.named(charge.provider);
    const request = {
      operationId: operationId(payment.id, 'reverse'),
      providerReference: charge.reference,
    };
    const outcome =
      meansOfReversal(charge) === 'refund'
        ? await provider.refund({ ...request, amountMinor: null })
        : await provider.void(request);
    if (outcome.kind === 'busy') {
      throw new Refusal('ProviderBusy', outcome.reason);
    }
    if (outcome.kind === 'declined') {
      throw new Refusal('ReversalRefused', outcome.code);
    }
    const recorded = await advance(deps, command, (current, stamp) =>
      isRecorded(current)
        ? null
        : changePayment(
            current,
            outcome.kind === 'unknown'
              ? {
                  type: 'payment.outcome_unknown',
                  facts: {
                    operation_id: request.operationId,
                    operation: 'reverse',
                    reason: outcome.reason,
                  },
                }
              : reversedCharge(current, charge),
            stamp,
          ),
    );
    return answer(recorded);
  };
}

function isRecorded(payment: Payment): boolean {
  return payment.charge === null || payment.charge.reversed || payment.unknown !== null;
}

/** @throws Refusal `OutcomeUnknown` */
function answer(payment: Payment): void {
  if (payment.unknown) {
    throw new Refusal(
      'OutcomeUnknown',
      `what became of the ${payment.unknown.operation} is not known`,
    );
  }
}
