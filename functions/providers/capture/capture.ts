import { type FeePlans, planOf } from '../../../shared/domain/money/fees.ts';
import { capturedOperation } from '../../../shared/domain/payment/outcome.ts';
import { type OperateDependencies, operate } from '../../../shared/runtime/operation/operate.ts';

/**
 * Takes authorized money at the PSP, in the course of `operate`. A success posts so much of the hold
 * and the fee for it, and holds anew what is left, unless the capture is the final one.
 */
export function capture({ plans, ...deps }: OperateDependencies & { readonly plans: FeePlans }) {
  return operate(deps, 'capture', ({ payment, operation, charge, provider }) => {
    const { id, amountMinor, final } = operation;
    const { currency } = payment.request;
    // Before the PSP is asked: a plan that is not there must not become an unknown outcome.
    const plan = planOf(plans, payment.tenant);
    const request = { operationId: id, providerReference: charge.reference, amountMinor };
    return {
      ask: () => provider.capture({ ...request, currency, final }),
      done: (current) => capturedOperation(current, operation, plan),
    };
  });
}
