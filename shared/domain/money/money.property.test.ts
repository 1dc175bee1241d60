import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies } from './currency.ts';
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

const currency = fc.constantFrom(...currencies);
const anyMinor = fc.integer({ min: -maxMoneyMinor, max: maxMoneyMinor });
const halfOfIt = fc.integer({ min: -maxMoneyMinor / 2, max: maxMoneyMinor / 2 });

describe('an amount of money', () => {
  it('is read back from what people read, in every currency', () => {
    fc.assert(
      fc.property(anyMinor, currency, (amountMinor, code) => {
        const amount = money(amountMinor, code);
        const text = formatMoney(amount);
        expect(text.startsWith(`${code} `)).toBe(true);
        expect(parseMoney(text.slice(4), code)).toEqual(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  it('adds up as integers do', () => {
    fc.assert(
      fc.property(halfOfIt, halfOfIt, currency, (a, b, code) => {
        const [one, other] = [money(a, code), money(b, code)];
        expect(addMoney(one, other)).toEqual(addMoney(other, one));
        expect(BigInt(addMoney(one, other).amountMinor)).toBe(BigInt(a) + BigInt(b));
        expect(subtractMoney(addMoney(one, other), other)).toEqual(one);
        expect(addMoney(one, negateMoney(other))).toEqual(subtractMoney(one, other));
        expect(Math.sign(compareMoney(one, other))).toBe(Math.sign(a - b));
      }),
    );
  });
});
