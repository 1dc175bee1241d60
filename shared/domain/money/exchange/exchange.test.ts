import { describe, expect, it } from 'vitest';
import { money } from '../money.ts';
import { ConversionRefused, convert, type ExchangeRates } from './exchange.ts';

const rates: ExchangeRates = {
  date: '2026-11-20',
  base: 'EUR',
  rates: {
    USD: '1.1590',
    JPY: '181.50',
    KWD: '0.3556',
    GBP: '0.5',
    VND: '30000',
    IRR: '999999999',
  },
};

describe('a conversion', () => {
  it.each([
    ['from the base', 'EUR', 10_000, 'JPY', 18_150, '181.5'],
    ['to the base', 'JPY', 18_150, 'EUR', 10_000, '0.00550964187327824'],
    ['over the base', 'JPY', 18_150, 'KWD', 35_560, '0.00195922865013774'],
    ['over the base, the other way', 'KWD', 35_560, 'JPY', 18_150, '510.404949381327'],
    ['into a currency without a minor unit', 'USD', 11_590, 'JPY', 18_150, '156.600517687662'],
    ['into itself', 'KWD', 1_234, 'KWD', 1_234, '1'],
    ['of the base into itself', 'EUR', 1, 'EUR', 1, '1'],
    ['of a large amount', 'GBP', 10 ** 12 / 2, 'EUR', 10 ** 12, '2'],
    ['at a round rate', 'EUR', 100, 'VND', 30_000, '30000'],
    ['of a half down', 'EUR', 5, 'GBP', 2, '0.5'],
    ['of any fraction down', 'EUR', 299 * 3, 'JPY', 1_628, '181.5'],
  ] as const)('%s', (_, from, amountMinor, to, boughtMinor, rate) => {
    expect(convert(rates, money(amountMinor, from), to)).toEqual({
      bought: { amountMinor: boughtMinor, currency: to },
      rate,
    });
  });

  it('says the rate with 15 significant digits, rounded half to even, however small it is', () => {
    const rateTo = (text: string) =>
      convert({ ...rates, rates: { KWD: text } }, money(1_000, 'KWD'), 'EUR').rate;
    expect(rateTo('3')).toBe('0.333333333333333');
    expect(rateTo('1.5')).toBe('0.666666666666667');
    expect(rateTo('0.000003')).toBe('333333.333333333');
    expect(rateTo('64')).toBe('0.015625');
    expect(rateTo('0.000000001')).toBe('1000000000');
    expect(rateTo('1.000000000001')).toBe('0.999999999999');
  });

  const attempt = (
    amountMinor: number,
    from: 'EUR' | 'CHF' | 'VND' | 'GBP',
    to: 'EUR' | 'CHF' | 'IRR',
  ) => {
    try {
      return convert(rates, money(amountMinor, from), to);
    } catch (error) {
      return error;
    }
  };

  it.each([
    ['without a rate to sell at', 1, 'CHF', 'EUR', 'unknown_rate'],
    ['without a rate to buy at', 1, 'EUR', 'CHF', 'unknown_rate'],
    ['of what is worth half a minor unit', 150, 'VND', 'EUR', 'amount_too_small'],
    ['of what is worth just less than a minor unit', 299, 'VND', 'EUR', 'amount_too_small'],
    ['into more than an amount may be', 10 ** 12 / 2 + 1, 'GBP', 'EUR', 'amount_too_large'],
    ['into more than a double holds', 10 ** 12, 'EUR', 'IRR', 'amount_too_large'],
  ] as const)('%s is refused', (_, amountMinor, from, to, code) => {
    const error = attempt(amountMinor, from, to);
    expect(error).toBeInstanceOf(ConversionRefused);
    expect(error).toMatchObject({ name: 'ConversionRefused', code });
  });

  it('buys a minor unit from its whole worth on', () => {
    expect(attempt(300, 'VND', 'EUR')).toMatchObject({ bought: { amountMinor: 1 } });
  });

  it.each([0, -1])('of %i is a fault of the caller', (amountMinor) => {
    expect(() => convert(rates, money(amountMinor, 'EUR'), 'JPY')).toThrow(RangeError);
  });

  it.each(['0', '0.00', '-1', '1.2.3', '1e3', ''])('at a rate of %j is a fault', (text) => {
    expect(() => convert({ ...rates, rates: { JPY: text } }, money(1, 'EUR'), 'JPY')).toThrow(
      new RangeError('the rate of JPY is no decimal above 0'),
    );
  });
});
