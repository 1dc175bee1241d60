import { type OperateDependencies, operate } from '../../../shared/runtime/operation/operate.ts';

/**
 * Gives authorized money back at the PSP, in the course of `operate`. A success voids the hold, and
 * the payment is canceled, or expired when that was the cause.
 */
export function voidAuthorization(deps: OperateDependencies) {
  const { provider } = deps;
  return operate(deps, 'cancel', ({ operation: { id, amountMinor, cause }, charge }) => ({
    ask: () => provider.void({ operationId: id, providerReference: charge.reference }),
    done: () => ({
      type: cause === 'expired' ? 'payment.expired' : 'payment.canceled',
      facts: { operation_id: id, provider: provider.name, amount: amountMinor },
    }),
  }));
}
