import { type OperateDependencies, operate } from '../../../shared/runtime/operation/operate.ts';

/**
 * Gives captured money back at the PSP, in the course of `operate`. A success posts the amount in
 * transit against what the PSP owes us.
 */
export function refund(deps: OperateDependencies) {
  const { provider } = deps;
  return operate(deps, 'refund', ({ operation: { id, amountMinor }, charge }) => ({
    ask: () =>
      provider.refund({ operationId: id, providerReference: charge.reference, amountMinor }),
    done: () => ({
      type: 'payment.refunded',
      facts: { operation_id: id, provider: provider.name, amount: amountMinor },
    }),
  }));
}
