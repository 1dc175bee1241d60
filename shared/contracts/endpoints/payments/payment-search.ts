import * as z from 'zod/mini';
import { maxAmountMinor } from '../../../domain/money/currency.ts';
import { CurrencyCode, CustomerId, MerchantReference, paymentStatuses } from '../../payment.ts';
import { Cursor, integerText, Limit } from '../common.ts';

const aTime = { error: 'must be a time such as 2026-11-21T09:00:00Z, to the millisecond at most' };

const firstMs = Date.parse('0000-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/** By its offset a time can be in another year than it says; one of five digits sorts before all others. */
function isOfFourDigits(text: string): boolean {
  const ms = Date.parse(text);
  // What is no time at all is told so already.
  return Number.isNaN(ms) || (ms >= firstMs && ms <= lastMs);
}

/** A time of RFC 3339 in any offset, as payments have theirs: in UTC, with milliseconds. */
const Instant = z.pipe(
  z.iso
    .datetime({ offset: true, ...aTime })
    .check(
      z.regex(/^[^.]*(?:\.[0-9]{1,3})?(?:Z|[+-][0-9:]{5})$/, aTime),
      z.refine(isOfFourDigits, { error: 'must be in the years 0000 to 9999 of UTC' }),
    ),
  z.transform((text) => new Date(text).toISOString()),
);

const anAmount = { error: 'must be an integer of minor units, from 1 to 10^12' };
const AmountText = integerText(1, maxAmountMinor, anAmount);

const aVersion = {
  error: 'must be the id of a payment and a version of it, as <payment_id>:<version>',
};

/** A payment, and how far it must have come: what `POST` and `GET` say of it. */
const MinVersion = z.pipe(
  z
    .string(aVersion)
    .check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[1-9][0-9]{0,6}$/, aVersion)),
  z.transform((text) => {
    const [paymentId = '', version] = text.split(':');
    return { paymentId, version: Number(version) };
  }),
);

/** What payments can be looked for by, in any combination. */
export const PaymentSearch = z.strictObject({
  limit: Limit,
  /** Goes on in the search that it is from: with the same filters. */
  cursor: Cursor,
  status: z.optional(z.enum(paymentStatuses, { error: 'must be one status of a payment' })),
  merchant_reference: z.optional(MerchantReference),
  customer: z.optional(CustomerId),
  currency: z.optional(CurrencyCode),
  /** Each end among them. */
  amount_min: z.optional(AmountText),
  amount_max: z.optional(AmountText),
  /** From this time on. */
  created_from: z.optional(Instant),
  /** Before this time. */
  created_to: z.optional(Instant),
  min_version: z.optional(MinVersion),
});
export type PaymentSearchQuery = z.infer<typeof PaymentSearch>;
