import { returnedOperation } from '../../../shared/domain/payment/outcome.ts';
import { type OperateDependencies, operate } from '../../../shared/runtime/operation/operate.ts';

/**
 * Gives captured money back at the PSP, in the course of `operate`. A success posts the amount in
 * transit against what the PSP owes us.
 */
export function refund(deps: OperateDependencies) {
  return operate(deps, 'refund', ({ operation, charge, provider }) => ({
    ask: () =>
      provider.refund({
        operationId: operation.id,
        providerReference: charge.reference,
        amountMinor: operation.amountMinor,
      }),
    done: (payment) => returnedOperation(payment, operation),
  }));
}
