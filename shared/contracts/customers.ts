import * as z from 'zod/mini';
import { CustomerId, PaymentId, Timestamp } from './payment.ts';

/** Who pays one payment, with the personal data that came with it, as long as that was not erased. */
export const PaymentCustomer = z.object({
  object: z.literal('customer'),
  id: CustomerId,
  /** Null: none came with the payment, or it is erased. */
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  /** True: personal data came with the payment, and nobody can read it any more. */
  erased: z.boolean(),
  payment_id: PaymentId,
});
export type PaymentCustomerResource = z.infer<typeof PaymentCustomer>;

const aReason = { error: 'must be a text of 1 to 200 characters' };

/** The body of `POST /customers/{customer_id}/erase`. */
export const EraseCustomer = z.strictObject(
  {
    /** Who asked for it, and when: a case number, not a name. It is kept for ever. */
    reason: z.string(aReason).check(z.minLength(1, aReason), z.maxLength(200, aReason)),
  },
  { error: 'must be a JSON object' },
);
export type EraseCustomerBody = z.infer<typeof EraseCustomer>;

/** That the personal data of a customer is gone for good. */
export const CustomerErasure = z.object({
  object: z.literal('customer_erasure'),
  id: CustomerId,
  erased_at: Timestamp,
});
export type CustomerErasureResource = z.infer<typeof CustomerErasure>;
