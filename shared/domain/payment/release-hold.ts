import { operationId } from '../ids.ts';
import { changePayment, type PaymentChange, type Stamp } from './change.ts';
import type { Payment } from './state.ts';

/**
 * Voids the payment's pending transfer, when it is known that the PSP has nothing of it; else records
 * that nobody knows. Null when nothing is held any more, or the outcome is on record as unknown.
 *
 * A fault says nothing: when the execution began anew, its first run may have sent the charge and
 * died before anything of it was on record.
 *
 * @param error the name of the error that led here
 */
export function releaseHold(
  payment: Payment,
  error: string | null,
  stamp: Stamp,
): PaymentChange | null {
  if (payment.hold?.state !== 'pending' || payment.unknown) {
    return null;
  }
  return hadNoEffect(payment, error)
    ? changePayment(
        payment,
        { type: 'payment.reservation_released', facts: { transfer_id: payment.hold.transferId } },
        stamp,
      )
    : changePayment(
        payment,
        {
          type: 'payment.outcome_unknown',
          facts: {
            operation_id: operationId(payment.id, 'charge'),
            operation: 'charge',
            reason: `the saga ended without an answer of the PSP: ${error ?? 'no error given'}`,
          },
        },
        stamp,
      );
}

/**
 * On record, or said by the error: `charge` refuses so only when none of its tries was processed. What
 * a charge on record came to is for the fold to see: one that stands is not released.
 */
function hadNoEffect({ decline, charge }: Payment, error: string | null): boolean {
  return decline !== null || charge !== null || error === 'ProviderBusy';
}
