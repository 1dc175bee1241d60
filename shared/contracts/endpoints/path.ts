import * as z from 'zod/mini';
import { CustomerId } from '../payment.ts';

/** An id that was made here: a UUID in lower case. There can be nothing by another. */
export const ourId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const OurId = z.string().check(z.regex(ourId));

/**
 * The form of each parameter of a path, by its name. What has not this form is answered as what is not
 * there: 404, as an id of nobody.
 */
export const pathParameters = {
  payment_id: OurId,
  operation_id: OurId,
  payout_id: OurId,
  conversion_id: OurId,
  break_id: OurId,
  endpoint_id: OurId,
  delivery_id: OurId,
  /** Of a dead letter: SQS's, of the same form. */
  letter_id: OurId,
  /** `<code>.<currency>`: `merchant_payable.EUR`. */
  account_id: z.string().check(z.regex(/^[a-z_]{1,32}\.[A-Z]{3}$/)),
  customer_id: CustomerId,
  provider: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
};
