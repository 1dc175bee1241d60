import type { ChargeOutcome, ChargeRequest, RefundRequest } from '../../../ports/provider.ts';
import { type Decline, declineOf, rejectionOf } from '../sdk/errors.ts';
import { fromStripe, toStripe } from './amounts.ts';
import { chargeOf, type Intent, ours, type Refund } from './answers.ts';

type Approval = Extract<ChargeOutcome, { readonly kind: 'approved' }>;

/** Tells whether an intent is the one of this charge. */
export function isOf(
  { metadata }: Intent,
  { reference, operationId }: Pick<ChargeRequest, 'reference' | 'operationId'>,
): boolean {
  return metadata[ours.payment] === reference && metadata[ours.operation] === operationId;
}

/**
 * An approval, with what Stripe says it approved, as the charge itself left the intent: what came
 * after is not looked at. Null when the intent is not approved, or its amount is none that we have.
 */
export function approvalOf(intent: Intent): Approval | null {
  const money = fromStripe(intent);
  const charge = chargeOf(intent.latest_charge);
  const captured = intent.capture_method !== 'manual';
  const isApproved =
    intent.status === 'succeeded' ||
    (!captured &&
      (intent.status === 'requires_capture' ||
        (intent.status === 'canceled' && charge?.status === 'succeeded')));
  if (!money || !isApproved) {
    return null;
  }
  const until = charge?.payment_method_details?.card?.capture_before;
  return {
    kind: 'approved',
    providerReference: intent.id,
    ...money,
    captured,
    authorizedUntil: captured || !until ? null : new Date(until * 1_000).toISOString(),
  };
}

/** The decline that an intent was left with; null when it is none, or not yet. */
export function declineLeft(intent: Intent): Decline | null {
  const { status, last_payment_error: error } = intent;
  const isOver = status === 'requires_payment_method' || status === 'canceled';
  return isOver && error ? declineOf(error) : null;
}

/** Why nothing can be captured of an intent, or voided; null while something can. */
export function closureOf({ status, cancellation_reason: reason }: Intent): Decline | null {
  if (status === 'canceled') {
    return rejectionOf(
      reason === 'automatic' || reason === 'expired'
        ? 'charge_expired_for_capture'
        : 'payment_intent_unexpected_state',
    );
  }
  return status === 'succeeded' ? rejectionOf('payment_intent_unexpected_state') : null;
}

/**
 * What a refund came to. One that is pending may still fail, days later.
 *
 * @param charge of the intent, as it is now
 */
export function refundFinding(
  refund: Refund,
  { amountMinor }: Pick<RefundRequest, 'amountMinor'>,
  charge: ReturnType<typeof chargeOf>,
): { readonly kind: 'done' } | Decline | { readonly kind: 'unsure'; readonly reason: string } {
  switch (refund.status) {
    case 'failed':
    case 'canceled':
      return declineOf({ code: refund.failure_reason, message: `the refund ${refund.status}` });
    case 'succeeded': {
      const isAsAsked =
        amountMinor === null
          ? charge !== null && charge.amount_captured - charge.amount_refunded <= 0
          : refund.amount === toStripe(amountMinor, refund.currency.toUpperCase())?.amount;
      return isAsAsked
        ? { kind: 'done' }
        : { kind: 'unsure', reason: 'the refund is another than asked' };
    }
    default:
      return { kind: 'unsure', reason: 'the refund has not come to its end' };
  }
}
