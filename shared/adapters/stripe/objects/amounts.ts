import { currencyExponents } from '../../../domain/money/currency.ts';

/** An amount as Stripe has it: in its own smallest unit, with the currency in small letters. */
export interface StripeAmount {
  readonly amount: number;
  readonly currency: string;
}

/**
 * Where Stripe's smallest unit is another one than ISO 4217's: it takes whole krónur and shillings in
 * hundredths, and ariary, of which ISO's minor unit is a hundredth, as they are.
 * Source: docs.stripe.com/currencies, zero-decimal currencies and special cases. (HUF and TWD are
 * special there in payouts alone.)
 */
const stripeExponents: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Three decimals, of which the last has to be a zero. Stripe takes no other currency with three. */
const inTens = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

function isCurrency(code: string): code is keyof typeof currencyExponents {
  return Object.hasOwn(currencyExponents, code);
}

/** How many digits Stripe's unit has more than ours; null for a currency that is none of Stripe's. */
function shiftOf(currency: string): number | null {
  if (!isCurrency(currency)) {
    return null;
  }
  const exponent = currencyExponents[currency];
  return exponent === 3 && !inTens.has(currency)
    ? null
    : (stripeExponents[currency] ?? exponent) - exponent;
}

/** An amount of ours as Stripe has it; null when it cannot be one there. */
export function toStripe(amountMinor: number, currency: string): StripeAmount | null {
  const shift = shiftOf(currency);
  if (shift === null || (inTens.has(currency) && amountMinor % 10 !== 0)) {
    return null;
  }
  const amount = scaled(amountMinor, shift);
  return amount === null ? null : { amount, currency: currency.toLowerCase() };
}

/** An amount of Stripe's as we have it; null when it is none of ours. */
export function fromStripe({
  amount,
  currency: theirs,
}: StripeAmount): { readonly amountMinor: number; readonly currency: string } | null {
  const currency = theirs.toUpperCase();
  const shift = shiftOf(currency);
  const amountMinor = shift === null ? null : scaled(amount, -shift);
  return amountMinor === null ? null : { amountMinor, currency };
}

function scaled(amount: number, shift: number): number | null {
  const result = shift < 0 ? amount / 10 ** -shift : amount * 10 ** shift;
  return Number.isSafeInteger(result) ? result : null;
}
