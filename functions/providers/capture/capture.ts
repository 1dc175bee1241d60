import { type FeePlans, feeOfCapture, planOf } from '../../../shared/domain/money/fees.ts';
import { type OperateDependencies, operate } from '../../../shared/runtime/operation/operate.ts';

/**
 * Takes authorized money at the PSP, in the course of `operate`. A success posts so much of the hold
 * and the fee for it, and holds anew what is left, unless the capture is the final one. The fee is
 * worked out on the payment as it is when it is written: another capture may have come between.
 */
export function capture({ plans, ...deps }: OperateDependencies & { readonly plans: FeePlans }) {
  const { provider } = deps;
  return operate(deps, 'capture', ({ payment, operation, charge }) => {
    const { id, amountMinor, final } = operation;
    const { currency } = payment.request;
    // Before the PSP is asked: a plan that is not there must not become an unknown outcome.
    const plan = planOf(plans, payment.tenant);
    const request = { operationId: id, providerReference: charge.reference, amountMinor };
    return {
      ask: () => provider.capture({ ...request, currency, final }),
      done: ({ amountCapturedMinor, feesMinor }) => ({
        type: 'payment.captured',
        facts: {
          operation_id: id,
          provider: provider.name,
          provider_reference: charge.reference,
          amount: amountMinor,
          fee: feeOfCapture(plan, {
            currency,
            capturedBeforeMinor: amountCapturedMinor,
            amountMinor,
            feesBeforeMinor: feesMinor,
          }),
          final,
        },
      }),
    };
  });
}
