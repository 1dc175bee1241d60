import { changePayment } from '../../../shared/domain/payment/change.ts';
import { releaseHold } from '../../../shared/domain/payment/release-hold.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import { type AdvanceDependencies, advance } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/** What the merchant reads, by the error that ended the payment; a decline has the PSP's own code. */
const failures: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  RiskRefused: { code: 'risk_refused', message: 'The payment was refused before it was sent.' },
  ProviderBusy: {
    code: 'provider_unavailable',
    message: 'The payment provider was too busy to process the payment. Nothing was taken.',
  },
  ChargeMismatch: {
    code: 'provider_mismatch',
    message: 'The provider approved another amount or currency; it was reversed.',
  },
};

const internal = {
  code: 'internal_error',
  message: 'The payment could not be completed. Nothing was taken.',
};

/**
 * Ends a payment that did not happen:
 * 1. nothing to do when it has failed already
 * 2. a payment that ended otherwise is not ours to end
 * 3. a hold that is still there goes first: a reservation that timed out may have been written
 *    after its release found nothing. Where the PSP may have the money the outcome is unknown, and
 *    the payment does not end here
 * 4. write the reason: the PSP's for a decline, else by the error that led here
 */
export function fail(deps: AdvanceDependencies) {
  return async (command: TaskCommand): Promise<void> => {
    await advance(deps, command, (payment, stamp) =>
      payment.status === 'processing' ? releaseHold(payment, command.error, stamp) : null,
    );
    await advance(deps, command, (payment, stamp) => {
      if (payment.status === 'failed' || payment.unknown) {
        return null;
      }
      if (payment.status !== 'processing') {
        throw new Refusal('Superseded', `the payment is ${payment.status}`);
      }
      return changePayment(
        payment,
        { type: 'payment.failed', facts: reasonOf(payment, command.error) },
        stamp,
      );
    });
  };
}

function reasonOf(payment: Payment, error: string | null) {
  return payment.decline ?? (error === null ? undefined : failures[error]) ?? internal;
}
