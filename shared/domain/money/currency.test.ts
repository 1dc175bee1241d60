import { describe, expect, it } from 'vitest';
import { currencies, currencyExponents, formatMinor, maxAmountMinor } from './currency.ts';

describe('money', () => {
  it.each([
    [10_000, 'EUR', 'EUR 100.00'],
    [5, 'EUR', 'EUR 0.05'],
    [0, 'EUR', 'EUR 0.00'],
    [-1, 'EUR', 'EUR -0.01'],
    [500, 'JPY', 'JPY 500'],
    [0, 'JPY', 'JPY 0'],
    [1_234, 'KWD', 'KWD 1.234'],
    [7, 'KWD', 'KWD 0.007'],
    [maxAmountMinor, 'USD', 'USD 10000000000.00'],
    [2n ** 53n + 1n, 'EUR', 'EUR 90071992547409.93'],
    [-(10n ** 24n) - 7n, 'KWD', 'KWD -1000000000000000000000.007'],
    [0n, 'JPY', 'JPY 0'],
  ] as const)('writes %s minor units of %s as %s', (amountMinor, currency, text) => {
    expect(formatMinor(amountMinor, currency)).toBe(text);
  });

  it('knows the currencies that have no minor unit, and those with three digits', () => {
    const withExponent = (exponent: number) =>
      currencies.filter((currency) => currencyExponents[currency] === exponent).sort();
    expect(withExponent(0).join(' ')).toBe(
      'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
    );
    expect(withExponent(3).join(' ')).toBe('BHD IQD JOD KWD LYD OMR TND');
    expect(withExponent(2)).toHaveLength(currencies.length - 16 - 7);
  });

  it.each(['XAU', 'XDR', 'XTS', 'XXX', 'CHE', 'eur', 'toString', '__proto__'])(
    'does not charge in %s',
    (code) => {
      expect(currencies).not.toContain(code);
    },
  );

  it('keeps the largest amount far inside what a double holds exactly', () => {
    expect(maxAmountMinor * 1_000).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});
