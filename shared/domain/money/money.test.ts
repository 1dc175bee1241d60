import { describe, expect, it } from 'vitest';
import type { Currency } from './currency.ts';
import {
  addMoney,
  compareMoney,
  formatMoney,
  maxMoneyMinor,
  money,
  negateMoney,
  parseMoney,
  subtractMoney,
} from './money.ts';

describe('an amount of money', () => {
  it.each([
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    maxMoneyMinor + 1,
    -maxMoneyMinor - 1,
  ])('is not made of %d minor units', (amountMinor) => {
    expect(() => money(amountMinor, 'EUR')).toThrow(
      new RangeError('an amount of EUR must be an integer of at most 10^15 minor units'),
    );
  });

  it.each([maxMoneyMinor, -maxMoneyMinor, 0, -1])('may be of %d minor units', (amountMinor) => {
    expect(money(amountMinor, 'JPY')).toEqual({ amountMinor, currency: 'JPY' });
  });

  it('has one zero', () => {
    expect(money(-0, 'EUR')).toEqual({ amountMinor: 0, currency: 'EUR' });
    expect(negateMoney(money(0, 'EUR')).amountMinor).toBe(0);
    expect(parseMoney('-0.00', 'EUR').amountMinor).toBe(0);
  });

  it('is added, subtracted and negated within its currency', () => {
    expect(addMoney(money(10_000, 'EUR'), money(-290, 'EUR'))).toEqual(money(9_710, 'EUR'));
    expect(subtractMoney(money(290, 'EUR'), money(10_000, 'EUR'))).toEqual(money(-9_710, 'EUR'));
    expect(negateMoney(money(290, 'EUR'))).toEqual(money(-290, 'EUR'));
  });

  it('is not added beyond what an amount may be', () => {
    const most = money(maxMoneyMinor, 'EUR');
    expect(() => addMoney(most, money(1, 'EUR'))).toThrow(RangeError);
    expect(() => subtractMoney(negateMoney(most), money(1, 'EUR'))).toThrow(RangeError);
  });

  it('has an order within its currency', () => {
    expect(compareMoney(money(1, 'EUR'), money(2, 'EUR'))).toBeLessThan(0);
    expect(compareMoney(money(2, 'EUR'), money(-2, 'EUR'))).toBeGreaterThan(0);
    expect(compareMoney(money(2, 'EUR'), money(2, 'EUR'))).toBe(0);
  });

  it.each([addMoney, subtractMoney, compareMoney])('does not mix with another: %o', (operation) => {
    expect(() => operation(money(1, 'EUR'), money(1, 'JPY'))).toThrow(
      new RangeError('EUR and JPY do not mix: convert one of them first'),
    );
  });

  it('is written for people', () => {
    expect(formatMoney(money(-1_234, 'KWD'))).toBe('KWD -1.234');
  });
});

describe('a decimal text', () => {
  it.each([
    ['100.00', 'EUR', 10_000],
    ['100', 'EUR', 10_000],
    ['100.5', 'EUR', 10_050],
    ['0.07', 'EUR', 7],
    ['-0.01', 'EUR', -1],
    // 1.15 x 100 is 114.99999999999999 in doubles, and 8.165 x 1000 is 8164.999999999999.
    ['1.15', 'EUR', 115],
    ['8.165', 'KWD', 8_165],
    ['1', 'KWD', 1_000],
    ['500', 'JPY', 500],
    ['9999999999999.99', 'EUR', 999_999_999_999_999],
    ['10000000000000.00', 'EUR', maxMoneyMinor],
    ['-1000000000000000', 'JPY', -maxMoneyMinor],
  ] as const)('%s of %s is %i minor units', (text, currency, amountMinor) => {
    expect(parseMoney(text, currency)).toEqual({ amountMinor, currency });
  });

  it.each<[string, Currency]>([
    ['100.005', 'EUR'],
    ['100.000', 'EUR'],
    ['1.0', 'JPY'],
    ['1.', 'JPY'],
    ['1.2345', 'KWD'],
    ['.5', 'EUR'],
    ['1.', 'EUR'],
    ['', 'EUR'],
    ['-', 'EUR'],
    ['+1', 'EUR'],
    ['--1', 'EUR'],
    ['007', 'EUR'],
    ['00', 'EUR'],
    ['1e3', 'EUR'],
    ['0x10', 'EUR'],
    ['1,000', 'EUR'],
    ['1 000', 'EUR'],
    [' 1', 'EUR'],
    ['1\n', 'EUR'],
    ['NaN', 'EUR'],
    ['١', 'EUR'],
    ['10000000000000.01', 'EUR'],
    ['1000000000000001', 'JPY'],
    ['9'.repeat(16), 'KWD'],
    ['9'.repeat(400), 'EUR'],
  ])('%j of %s is refused', (text, currency) => {
    expect(() => parseMoney(text, currency)).toThrow(RangeError);
  });

  it('is refused without being repeated', () => {
    expect(() => parseMoney('100.005', 'EUR')).toThrow(
      new RangeError('the text is no decimal of EUR, which has 2 decimals'),
    );
  });
});
