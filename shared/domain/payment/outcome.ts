import type { PaymentFact } from '../../contracts/events/payment-events.ts';
import { operationId } from '../ids.ts';
import { type FeePlan, feeOfCapture } from '../money/fees.ts';
import type { Operation } from './operations/operation.ts';
import type { Payment } from './state.ts';

/*
 * What an outcome at the PSP is on record. The saga's tasks write it when the PSP answers them, an
 * inquiry when it learns of it later, and a person's word is written as if the PSP had said it.
 */

/** What a PSP approved, whatever was asked. Minor units of `currency`. */
export interface Approval {
  readonly providerReference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly captured: boolean;
  /** RFC 3339: until when the PSP keeps the authorization; null when it does not say. */
  readonly authorizedUntil: string | null;
}

/** What the stage says of a tenant's charges. */
export interface Terms {
  readonly plan: FeePlan;
  /** How long an authorization is kept; shorter where the PSP says so. */
  readonly authorizationWindowMs: number;
}

interface Decline {
  readonly code: string;
  readonly message: string;
}

/** The decline of what the PSP has no record of, when it cannot arrive any more. */
export const notProcessed: Decline = {
  code: 'not_processed',
  message: 'The payment provider has no record of it. Nothing was taken.',
};

/**
 * A charge that was approved: a capture with its fee, an authorization with its end, by our window or
 * the PSP's, whichever is the earlier; or a mismatch, which has to be reversed.
 */
export function approvedCharge(
  payment: Payment,
  approval: Approval,
  provider: string,
  { plan, authorizationWindowMs }: Terms,
  time: string,
): PaymentFact {
  const { request } = payment;
  const approved = {
    operation_id: operationId(payment.id, 'charge'),
    provider,
    provider_reference: approval.providerReference,
    amount: approval.amountMinor,
  };
  const matches =
    approval.amountMinor === request.amount &&
    approval.currency === request.currency &&
    approval.captured === (request.capture_method === 'automatic');
  if (!matches) {
    return {
      type: 'payment.charge_mismatched',
      facts: { ...approved, currency: approval.currency, captured: approval.captured },
    };
  }
  if (!approval.captured) {
    const ours = new Date(Date.parse(time) + authorizationWindowMs).toISOString();
    const [expires = ours] = [ours, approval.authorizedUntil ?? ours].sort();
    return { type: 'payment.authorized', facts: { ...approved, expires } };
  }
  const fee = feeOfCapture(plan, {
    currency: request.currency,
    capturedBeforeMinor: 0,
    amountMinor: approval.amountMinor,
    feesBeforeMinor: 0,
  });
  return { type: 'payment.captured', facts: { ...approved, fee, final: true } };
}

export function declinedCharge(
  payment: Payment,
  { code, message }: Decline,
  provider: string,
): PaymentFact {
  return {
    type: 'payment.charge_declined',
    facts: { operation_id: operationId(payment.id, 'charge'), provider, code, message },
  };
}

/** That the PSP undid a charge: it voided what was authorized, or refunded what it had captured. */
export function reversedCharge(
  payment: Payment,
  charge: NonNullable<Payment['charge']>,
): PaymentFact {
  return {
    type: 'payment.charge_reversed',
    facts: {
      operation_id: operationId(payment.id, 'reverse'),
      provider: charge.provider,
      provider_reference: charge.reference,
      means: meansOfReversal(charge),
    },
  };
}

export function meansOfReversal({ captured }: NonNullable<Payment['charge']>): 'void' | 'refund' {
  return captured ? 'refund' : 'void';
}

/** An operation that took effect. */
export function doneOperation(payment: Payment, operation: Operation, plan: FeePlan): PaymentFact {
  return operation.kind === 'capture'
    ? capturedOperation(payment, operation, plan)
    : returnedOperation(payment, operation);
}

/**
 * A capture that took effect. Its fee is worked out on the payment as it is when it is written: another
 * capture may have come between.
 */
export function capturedOperation(
  payment: Payment,
  { id, amountMinor, final }: Operation,
  plan: FeePlan,
): PaymentFact {
  const { provider, reference } = chargeOf(payment);
  return {
    type: 'payment.captured',
    facts: {
      operation_id: id,
      provider,
      provider_reference: reference,
      amount: amountMinor,
      fee: feeOfCapture(plan, {
        currency: payment.request.currency,
        capturedBeforeMinor: payment.amountCapturedMinor,
        amountMinor,
        feesBeforeMinor: payment.feesMinor,
      }),
      final,
    },
  };
}

/** A refund, or a cancellation, that took effect. */
export function returnedOperation(
  payment: Payment,
  { id, kind, cause, amountMinor }: Operation,
): PaymentFact {
  const facts = { operation_id: id, provider: chargeOf(payment).provider, amount: amountMinor };
  if (kind === 'refund') {
    return { type: 'payment.refunded', facts };
  }
  return { type: cause === 'expired' ? 'payment.expired' : 'payment.canceled', facts };
}

export function declinedOperation(
  { id }: Operation,
  { code, message }: Decline,
  provider: string,
): PaymentFact {
  return {
    type: 'payment.operation_declined',
    facts: { operation_id: id, provider, code, message },
  };
}

/** @throws Error for a payment without a charge: it has no operations */
export function chargeOf({ id, charge }: Payment): NonNullable<Payment['charge']> {
  if (!charge) {
    throw new Error(`payment ${id} has no charge`);
  }
  return charge;
}
