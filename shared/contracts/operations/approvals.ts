import * as z from 'zod/mini';
import { Amount, CurrencyCode, PaymentId, Timestamp } from '../payment.ts';

const aReason = { error: 'must be a text of 1 to 200 characters' };

/** The body of `POST /payments/{id}/refund-approvals`. */
export const ApproveRefund = z.strictObject(
  {
    /** Exactly what the refund will ask for. */
    amount: Amount,
    reason: z.string(aReason).check(z.minLength(1, aReason), z.maxLength(200, aReason)),
  },
  { error: 'must be a JSON object' },
);
export type ApproveRefundBody = z.infer<typeof ApproveRefund>;

/** That somebody agrees to one refund of this amount of this payment, until it expires. */
export const RefundApproval = z.object({
  id: z.uuid(),
  object: z.literal('refund_approval'),
  payment_id: PaymentId,
  amount: Amount,
  currency: CurrencyCode,
  reason: z.string(),
  /** `key:<key id>` or `jwt:<subject>`. */
  approved_by: z.string(),
  created: Timestamp,
  expires: Timestamp,
});
export type RefundApprovalResource = z.infer<typeof RefundApproval>;
