import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode, Failure, PaymentId, Timestamp } from '../payment.ts';

/** Every status of an operation on a payment. */
export const operationStatuses = ['processing', 'succeeded', 'failed'] as const;

const aReason = { error: 'must be a text of 1 to 200 characters' };
const Reason = z._default(
  z.nullable(z.string(aReason).check(z.minLength(1, aReason), z.maxLength(200, aReason))),
  null,
);
const aFinal = { error: 'must be true or false' };
const anObject = { error: 'must be a JSON object' };

/*
 * A body that is absent altogether counts as `{}` for these three: each member has a default.
 */

/** The body of `POST /payments/{id}/capture`. No amount: all that is left to capture. */
export const CapturePayment = z.prefault(
  z.strictObject(
    {
      amount: z._default(z.nullable(Amount), null),
      /** Releases what is left after this capture. */
      final: z._default(z.boolean(aFinal), false),
    },
    anObject,
  ),
  {},
);
export type CapturePaymentBody = z.infer<typeof CapturePayment>;

/** The body of `POST /payments/{id}/cancel`. */
export const CancelPayment = z.prefault(z.strictObject({ reason: Reason }, anObject), {});
export type CancelPaymentBody = z.infer<typeof CancelPayment>;

/** The body of `POST /payments/{id}/refunds`. No amount: all that is left to refund. */
export const RefundPayment = z.prefault(
  z.strictObject(
    {
      amount: z._default(z.nullable(Amount), null),
      reason: Reason,
      /** That somebody else agrees. Without a default: a body without it has the hash it always had. */
      approval_id: z.optional(z.uuid({ error: 'must be the id of an approval' })),
    },
    anObject,
  ),
  {},
);
export type RefundPaymentBody = z.infer<typeof RefundPayment>;

/** What the operations have in common; the PSP knows one by its `id`, too. */
const operation = {
  payment_id: PaymentId,
  status: z.enum(operationStatuses),
  amount: Amount,
  currency: CurrencyCode,
  failure: z.nullable(Failure),
  created: Timestamp,
};

export const Capture = z.object({
  id: z.uuid(),
  object: z.literal('capture'),
  ...operation,
  final: z.boolean(),
});
export type CaptureResource = z.infer<typeof Capture>;

export const Cancellation = z.object({
  id: z.uuid(),
  object: z.literal('cancellation'),
  ...operation,
  /** `expired`: the authorization's window was over. */
  cause: z.enum(['requested', 'expired']),
  reason: z.nullable(z.string()),
});
export type CancellationResource = z.infer<typeof Cancellation>;

export const Refund = z.object({
  id: z.uuid(),
  object: z.literal('refund'),
  ...operation,
  reason: z.nullable(z.string()),
});
export type RefundResource = z.infer<typeof Refund>;

/** A dispute of a payment. Its `amount` and `fee` were taken from what the merchant is owed. */
export const Dispute = z.object({
  /** The PSP's own. */
  id: z.string(),
  object: z.literal('dispute'),
  payment_id: PaymentId,
  status: z.enum(['opened', 'won', 'lost']),
  amount: Amount,
  fee: AmountOrZero,
  currency: CurrencyCode,
  reason: z.string(),
  created: Timestamp,
});
export type DisputeResource = z.infer<typeof Dispute>;
