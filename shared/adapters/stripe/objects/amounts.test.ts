import { describe, expect, it } from 'vitest';
import { currencies, currencyExponents } from '../../../domain/money/currency.ts';
import { fromStripe, toStripe } from './amounts.ts';

describe('an amount at Stripe', () => {
  it.each([
    [1_234, 'EUR', 1_234],
    [500, 'JPY', 500],
    // Two decimals there, and none here.
    [5, 'ISK', 500],
    [5, 'UGX', 500],
    // None there, and two here.
    [500, 'MGA', 5],
    // Ordinary in charges: what is special of them is about payouts.
    [1_045, 'HUF', 1_045],
    [1_045, 'TWD', 1_045],
    [5_120, 'KWD', 5_120],
    [10 ** 12, 'ISK', 10 ** 14],
  ] as const)('of %i %s is %i, and back', (amountMinor, currency, amount) => {
    const theirs = { amount, currency: currency.toLowerCase() };
    expect(toStripe(amountMinor, currency)).toEqual(theirs);
    expect(fromStripe(theirs)).toEqual({ amountMinor, currency });
  });

  it.each([
    ['thousandths of a dinar', 5_124, 'KWD'],
    ['hundredths of an ariary', 501, 'MGA'],
    ['a currency with three decimals that Stripe has not', 5_120, 'LYD'],
    ['no currency', 1, 'XXX'],
    ['a name of every object', 1, 'toString'],
  ])('there is none of %s', (_name, amountMinor, currency) => {
    expect(toStripe(amountMinor, currency)).toBeNull();
  });

  it.each([
    ['hundredths of a króna', { amount: 501, currency: 'isk' }],
    ['a currency that we have not', { amount: 500, currency: 'xxx' }],
  ])('is none of ours in %s', (_name, theirs) => {
    expect(fromStripe(theirs)).toBeNull();
  });

  it('is the same in every currency whose minor unit Stripe takes as it is', () => {
    const others = new Set(['ISK', 'UGX', 'MGA', 'IQD', 'LYD']);
    for (const currency of currencies.filter((code) => !others.has(code))) {
      expect(toStripe(120, currency)).toEqual({ amount: 120, currency: currency.toLowerCase() });
    }
    expect([currencyExponents.IQD, currencyExponents.LYD]).toEqual([3, 3]);
  });
});
