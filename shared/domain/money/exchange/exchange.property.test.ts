import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Currency, currencies, currencyExponents, maxAmountMinor } from '../currency.ts';
import { money } from '../money.ts';
import { type Conversion, ConversionRefused, convert, type ExchangeRates } from './exchange.ts';

const currency = fc.constantFrom(...currencies);

/** A rate as an integer of 10^-6, which the test can reckon with, and as its text. */
const rate = fc
  .oneof(
    fc.constantFrom(500_000, 1_000_000, 2_000_000, 250_000),
    fc.integer({ min: 1, max: 10 ** 7 }),
    fc.integer({ min: 1, max: 10 ** 12 }),
  )
  .map((millionths) => ({
    millionths: BigInt(millionths),
    text: `${Math.floor(millionths / 10 ** 6)}.${String(millionths % 10 ** 6).padStart(6, '0')}`,
  }));
const amount = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 1, max: 10 ** 7 }),
  fc.integer({ min: 1, max: maxAmountMinor }),
);

/** Two currencies and what they are worth against a base, which may be one of them. */
const market = fc
  .record({ base: currency, from: currency, to: currency, fromRate: rate, toRate: rate })
  .map(({ base, from, to, fromRate, toRate }) => {
    const others = Object.fromEntries([
      [from, fromRate],
      [to, toRate],
    ]);
    const rates: ExchangeRates = {
      date: '2026-11-20',
      base,
      rates: Object.fromEntries(
        Object.entries(others)
          .filter(([code]) => code !== base)
          .map(([code, { text }]) => [code, text]),
      ),
    };
    const worth = (code: Currency) =>
      code === base ? 10n ** 6n : (others[code]?.millionths as bigint);
    return { rates, from, to, worth };
  });
type Market = typeof market extends fc.Arbitrary<infer M> ? M : never;

/** Minor units of `to` for one of `from`: numerator and denominator. */
function exactRate({ worth }: Market, from: Currency, to: Currency): [bigint, bigint] {
  return [
    worth(to) * 10n ** BigInt(currencyExponents[to]),
    worth(from) * 10n ** BigInt(currencyExponents[from]),
  ];
}

function converted({ rates }: Market, amountMinor: number, from: Currency, to: Currency) {
  try {
    return convert(rates, money(amountMinor, from), to);
  } catch (error) {
    if (error instanceof ConversionRefused) {
      return error.code;
    }
    throw error;
  }
}

const isConversion = (result: Conversion | string): result is Conversion =>
  typeof result !== 'string';
const distance = (a: bigint, b: bigint) => (a < b ? b - a : a - b);

describe('a conversion', () => {
  it('is the exact amount, rounded down', () => {
    const seen: Record<string, number> = { amount_too_small: 0, amount_too_large: 0, rounded: 0 };
    fc.assert(
      fc.property(market, amount, (given, amountMinor) => {
        const [numerator, denominator] = exactRate(given, given.from, given.to);
        const exact = BigInt(amountMinor) * numerator;
        const result = converted(given, amountMinor, given.from, given.to);
        if (!isConversion(result)) {
          seen[result] = (seen[result] ?? 0) + 1;
          const limit = BigInt(maxAmountMinor) + 1n;
          expect(
            result === 'amount_too_small' ? exact < denominator : exact >= limit * denominator,
          ).toBe(true);
          return;
        }
        const bought = BigInt(result.bought.amountMinor);
        expect(bought * denominator <= exact).toBe(true);
        expect((bought + 1n) * denominator > exact).toBe(true);
        seen.rounded = (seen.rounded ?? 0) + (bought * denominator < exact ? 1 : 0);
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  it('of a currency into itself changes nothing', () => {
    fc.assert(
      fc.property(market, amount, (given, amountMinor) => {
        expect(converted(given, amountMinor, given.to, given.to)).toEqual({
          bought: money(amountMinor, given.to),
          rate: '1',
        });
      }),
    );
  });

  it('and back never gains, and loses less than a unit of either currency', () => {
    fc.assert(
      fc.property(market, amount, (given, amountMinor) => {
        const there = converted(given, amountMinor, given.from, given.to);
        fc.pre(isConversion(there));
        const back = converted(given, there.bought.amountMinor, given.to, given.from);
        fc.pre(isConversion(back));
        const [numerator, denominator] = exactRate(given, given.from, given.to);
        const lost = BigInt(amountMinor) - BigInt(back.bought.amountMinor);
        expect(lost >= 0n).toBe(true);
        expect(lost * numerator < denominator + numerator).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('shows a rate that gives the same amount, to a hundredth of a minor unit', () => {
    fc.assert(
      fc.property(market, amount, (given, amountMinor) => {
        const result = converted(given, amountMinor, given.from, given.to);
        fc.pre(isConversion(result));
        expect(result.rate).toMatch(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
        const [whole = '', fraction = ''] = result.rate.split('.');
        const [numerator, denominator] = exactRate(given, given.from, given.to);
        const shown =
          BigInt(amountMinor) *
          BigInt(whole + fraction) *
          10n ** BigInt(currencyExponents[given.to]);
        const scale = 10n ** BigInt(fraction.length + currencyExponents[given.from]);
        const exact = BigInt(amountMinor) * numerator;
        expect(100n * distance(shown * denominator, exact * scale) <= denominator * scale).toBe(
          true,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
