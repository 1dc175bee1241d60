import * as z from 'zod/mini';
import { currencies, maxAmountMinor } from '../domain/money/currency.ts';

/** Every state of a payment. `failed`, `canceled`, `expired` and `captured` have no way out. */
export const paymentStatuses = [
  'processing',
  'requires_action',
  'authorized',
  'partially_captured',
  'captured',
  'canceled',
  'expired',
  'failed',
] as const;

const anAmount = { error: 'must be an integer of minor units, from 1 to 10^12' };

/** An amount in minor units of its currency: an integer from 1 to 10^12. */
export const Amount = z.int(anAmount).check(z.gte(1, anAmount), z.lte(maxAmountMinor, anAmount));

/** An amount that may be zero, in minor units. */
export const AmountOrZero = z.int().check(z.gte(0), z.lte(maxAmountMinor));

export const CurrencyCode = z.enum(currencies, { error: 'must be an ISO 4217 code, upper case' });
export const PaymentId = z.uuid();
export const Timestamp = z.iso.datetime({ precision: 3 });
export const CaptureMethod = z.enum(['automatic', 'manual'], {
  error: 'must be automatic or manual',
});

const aToken = { error: 'must be a token of the PSP, such as tok_approve' };

/** What the PSP vaulted: a token, never a card number. */
export const PaymentMethod = z
  .string(aToken)
  .check(z.regex(/^[a-z]{2,8}_[A-Za-z0-9_]{1,120}$/, aToken));

const aReference = { error: 'must be a text of 1 to 64 characters' };

/** The merchant's own name of the order, unique per tenant. */
export const MerchantReference = z
  .string(aReference)
  .check(z.minLength(1, aReference), z.maxLength(64, aReference));

const aName = { error: 'must have a name of 1 to 40 characters' };
const aValue = { error: 'must be a text of up to 200 characters' };
const MetadataEntries = z
  .record(
    z.string().check(z.minLength(1, aName), z.maxLength(40, aName)),
    z.string(aValue).check(z.maxLength(200, aValue)),
    { error: 'must be an object of texts' },
  )
  .check(
    z.refine((entries) => Object.keys(entries).length <= 20, {
      error: 'may have at most 20 entries',
    }),
  );

/**
 * Up to 20 entries; keys of 1 to 40 characters, values of up to 200. A record drops `__proto__`
 * without a word, and two requests that differ in it would be one: so it is refused before.
 */
export const Metadata = z.pipe(
  z
    .unknown()
    .check(
      z.refine(
        (value) => !(typeof value === 'object' && value && Object.hasOwn(value, '__proto__')),
        { error: 'is not a usable name', path: ['__proto__'] },
      ),
    ),
  MetadataEntries,
);

const aCustomerId = {
  error: 'must be a name of 1 to 64 letters, digits and . _ ~ -, with no dot at its start',
};

/** What the merchant calls a customer. It says who pays to the merchant alone: no e-mail address is one. */
export const CustomerId = z
  .string(aCustomerId)
  .check(z.regex(/^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}$/, aCustomerId));

const aPersonName = { error: 'must be a text of 1 to 200 characters' };
const anEmail = { error: 'must be an e-mail address of up to 254 characters' };

/** What of a customer is personal. It is stored sealed, and can be erased. */
export const personalData = {
  name: z._default(
    z.nullable(
      z.string(aPersonName).check(z.minLength(1, aPersonName), z.maxLength(200, aPersonName)),
    ),
    null,
  ),
  email: z._default(z.nullable(z.email(anEmail).check(z.maxLength(254, anEmail))), null),
};

/** Who pays. Minus the id, all of it is personal data. */
export const Customer = z.strictObject(
  { id: CustomerId, ...personalData },
  { error: 'must be an object with an id' },
);

/** Personal data under the data key of its customer: without the key, nobody reads it. */
export const SealedData = z.object({
  /** The data key, of which a customer has another one after each erasure. */
  key_id: z.uuid(),
  /** HMAC-SHA-256 under the data key, hex: tells equal data from other without opening it. */
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** AES-256-GCM: nonce, ciphertext and tag, base64url. */
  box: z.string().check(z.regex(/^[A-Za-z0-9_-]+$/)),
});
export type Sealed = z.infer<typeof SealedData>;

export const Failure = z.object({ code: z.string(), message: z.string() });

/** A payment, as every answer and every event carries it. */
export const Payment = z.object({
  id: PaymentId,
  object: z.literal('payment'),
  status: z.enum(paymentStatuses),
  amount: Amount,
  currency: CurrencyCode,
  amount_authorized: AmountOrZero,
  amount_captured: AmountOrZero,
  amount_refunded: AmountOrZero,
  capture_method: CaptureMethod,
  payment_method: PaymentMethod,
  merchant_reference: z.nullable(MerchantReference),
  /** The merchant's own id of who pays. */
  customer: z.nullable(CustomerId),
  metadata: Metadata,
  failure: z.nullable(Failure),
  created: Timestamp,
  version: z.int().check(z.gte(1)),
});
export type PaymentResource = z.infer<typeof Payment>;

/** The body of `POST /payments`. */
export const CreatePayment = z.strictObject(
  {
    amount: Amount,
    currency: CurrencyCode,
    payment_method: PaymentMethod,
    capture_method: z._default(CaptureMethod, 'automatic'),
    merchant_reference: z._default(z.nullable(MerchantReference), null),
    customer: z._default(z.nullable(Customer), null),
    metadata: z._default(Metadata, {}),
  },
  { error: 'must be a JSON object' },
);
export type CreatePaymentBody = z.infer<typeof CreatePayment>;

/** The request as it is kept: what is personal in it is sealed. */
export const AcceptedRequest = z.object({
  ...CreatePayment.shape,
  customer: z.nullable(z.object({ id: CustomerId, personal_data: z.nullable(SealedData) })),
});
export type AcceptedPaymentRequest = z.infer<typeof AcceptedRequest>;
