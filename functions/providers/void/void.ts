import { returnedOperation } from '../../../shared/domain/payment/outcome.ts';
import { type OperateDependencies, operate } from '../../../shared/runtime/operation/operate.ts';

/**
 * Gives authorized money back at the PSP, in the course of `operate`. A success voids the hold, and
 * the payment is canceled, or expired when that was the cause.
 */
export function voidAuthorization(deps: OperateDependencies) {
  return operate(deps, 'cancel', ({ operation, charge, provider }) => ({
    ask: () => provider.void({ operationId: operation.id, providerReference: charge.reference }),
    done: (payment) => returnedOperation(payment, operation),
  }));
}
