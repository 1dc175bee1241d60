import { type Currency, currencyExponents, maxAmountMinor } from '../currency.ts';
import { type Money, money } from '../money.ts';

/** The exchange rates of a day. */
export interface ExchangeRates {
  /** The day that they are of: `2026-11-20`. */
  readonly date: string;
  readonly base: Currency;
  /** What one unit of `base` is worth, as a decimal text (`ratePattern`). Without `base` itself. */
  readonly rates: Readonly<Partial<Record<Currency, string>>>;
}

/** A rate: a decimal above 0 with up to 9 digits before the point and up to 12 behind it. */
export const ratePattern = /^(?!0+(?:\.0+)?$)[0-9]{1,9}(?:\.[0-9]{1,12})?$/;

/** What was bought, and at which rate. */
export interface Conversion {
  readonly bought: Money;
  /**
   * Units of the bought currency for one unit of the sold one, as a decimal text of 15 significant
   * digits without needless zeros. For people and for checking: `bought` comes of the exact fraction.
   */
  readonly rate: string;
}

/** Why a conversion cannot be, by its `code`; none of it is a fault. */
export class ConversionRefused extends Error {
  override readonly name = 'ConversionRefused';
  readonly code: 'unknown_rate' | 'amount_too_small' | 'amount_too_large';

  constructor(code: ConversionRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Converts an amount, over the base where neither currency is it. In minor units:
 *
 *     bought = sold x rate(to) / rate(from) x 10^(exponent(to) - exponent(from))
 *
 * The fraction is exact; it is rounded once, down to the minor unit of the bought currency. Who
 * converts chooses the amount, so any rounding to the nearest would be chosen to round up: JPY 1
 * would buy EUR 0.01, and that JPY 2. Rounded down, no chain of conversions ends with more than it
 * began with. A cross rate is never rounded before it is used.
 *
 * @throws ConversionRefused `unknown_rate` for a currency without a rate, `amount_too_small` when
 *   less than a minor unit would be bought, `amount_too_large` for more than 10^12 of them
 * @throws RangeError for an amount that is not above 0
 */
export function convert(rates: ExchangeRates, from: Money, to: Currency): Conversion {
  if (from.amountMinor <= 0) {
    throw new RangeError('only an amount above 0 is converted');
  }
  const sold = rateOf(rates, from.currency);
  const bought = rateOf(rates, to);
  const numerator = bought.numerator * sold.denominator;
  const denominator = bought.denominator * sold.numerator;
  const boughtMinor =
    (BigInt(from.amountMinor) * numerator * powerOf10(currencyExponents[to])) /
    (denominator * powerOf10(currencyExponents[from.currency]));
  if (boughtMinor === 0n) {
    throw new ConversionRefused('amount_too_small', `the amount is worth nothing in ${to}`);
  }
  if (boughtMinor > maxAmountMinor) {
    throw new ConversionRefused('amount_too_large', `the amount is more than 10^12 in ${to}`);
  }
  return {
    bought: money(Number(boughtMinor), to),
    rate: decimalOf(numerator, denominator),
  };
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function rateOf({ base, rates }: ExchangeRates, currency: Currency): Fraction {
  if (currency === base) {
    return { numerator: 1n, denominator: 1n };
  }
  const text = rates[currency];
  if (text === undefined) {
    throw new ConversionRefused('unknown_rate', `there is no rate of ${currency}`);
  }
  if (!ratePattern.test(text)) {
    throw new RangeError(`the rate of ${currency} is no decimal above 0`);
  }
  const [whole = '', fraction = ''] = text.split('.');
  return { numerator: BigInt(whole + fraction), denominator: powerOf10(fraction.length) };
}

/** A quotient of two positive integers, rounded to the nearest one, from the middle to the even one. */
function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = 2n * (dividend % divisor);
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

const significantDigits = 15;

/**
 * A positive fraction as a decimal text of 15 significant digits (more when more stand before the
 * point), without needless zeros.
 */
function decimalOf(numerator: bigint, denominator: bigint): string {
  let decimals = 0;
  while (numerator * powerOf10(decimals) < denominator * powerOf10(significantDigits - 1)) {
    decimals += 1;
  }
  const digits = String(divideHalfEven(numerator * powerOf10(decimals), denominator));
  const padded = digits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals);
  const fraction = padded.slice(padded.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function powerOf10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
