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
    metadata: z._default(Metadata, {}),
  },
  { error: 'must be a JSON object' },
);
export type CreatePaymentBody = z.infer<typeof CreatePayment>;
