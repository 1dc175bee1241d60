import { type Currency, currencyExponents, formatMinor } from './currency.ts';

/** An amount of one currency, in its minor units. May be negative. Made by `money` or `parseMoney`. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/**
 * The largest amount either way, in minor units: a thousand times the largest payment. Two of them
 * added are still below 2^53, so no sum is rounded before it is checked.
 */
export const maxMoneyMinor = 1_000_000_000_000_000;

/** @throws RangeError for what is no whole number of minor units, or beyond 10^15 of them */
export function money(amountMinor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amountMinor) || Math.abs(amountMinor) > maxMoneyMinor) {
    throw new RangeError(
      `an amount of ${currency} must be an integer of at most 10^15 minor units`,
    );
  }
  // Adding 0 makes the one zero of -0, which is another value to a deep comparison.
  return { amountMinor: amountMinor + 0, currency };
}

/** @throws RangeError for two currencies, or beyond 10^15 minor units */
export function addMoney(a: Money, b: Money): Money {
  return money(a.amountMinor + b.amountMinor, sameCurrency(a, b));
}

/** @throws RangeError for two currencies, or beyond 10^15 minor units */
export function subtractMoney(a: Money, b: Money): Money {
  return money(a.amountMinor - b.amountMinor, sameCurrency(a, b));
}

export function negateMoney({ amountMinor, currency }: Money): Money {
  return money(-amountMinor, currency);
}

/**
 * Below 0 when `a` is less, above 0 when it is more, 0 when both are the same amount.
 *
 * @throws RangeError for two currencies, which have no order
 */
export function compareMoney(a: Money, b: Money): number {
  sameCurrency(a, b);
  return a.amountMinor - b.amountMinor;
}

/** For people: `EUR 100.00`. */
export function formatMoney({ amountMinor, currency }: Money): string {
  return formatMinor(amountMinor, currency);
}

/**
 * Reads a decimal text by the currency's exponent: `100.00` of EUR is 10000 minor units, `1` of KWD
 * is 1000. The digits are moved, never multiplied, so no double is in between.
 *
 * @throws RangeError for any other text: a digit below the minor unit (also a zero), a sign other
 *   than `-`, a leading zero, an exponent, a separator of thousands, blanks; and beyond 10^15 minor
 *   units
 */
export function parseMoney(text: string, currency: Currency): Money {
  const exponent = currencyExponents[currency];
  const [, sign, whole, fraction = ''] =
    /^(-?)(0|[1-9][0-9]{0,15})(?:\.([0-9]+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > exponent) {
    throw new RangeError(`the text is no decimal of ${currency}, which has ${exponent} decimals`);
  }
  return money(Number(`${sign}${whole}${fraction.padEnd(exponent, '0')}`), currency);
}

function sameCurrency(a: Money, b: Money): Currency {
  if (a.currency !== b.currency) {
    throw new RangeError(`${a.currency} and ${b.currency} do not mix: convert one of them first`);
  }
  return a.currency;
}
