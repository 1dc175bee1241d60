import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies } from '../../../../shared/domain/money/currency.ts';
import {
  amountOf,
  amountText,
  filtersOf,
  isPaymentId,
  queryOf,
  timeInput,
  timeOf,
} from './filters.ts';

describe('the filters of the payments', () => {
  it('are those of the address that the API has, without blanks', () => {
    const address = new URLSearchParams('status=failed&currency=&customer=%20c_1%20&cursor=x&y=1');
    expect(filtersOf(address)).toEqual({ status: 'failed', customer: 'c_1' });
  });

  it('go to the API with a page', () => {
    expect(queryOf({ status: 'failed', amount_min: '100' }, null)).toEqual({
      status: 'failed',
      amount_min: 100,
      limit: 25,
    });
    expect(queryOf({}, 'abc')).toEqual({ limit: 25, cursor: 'abc' });
  });

  it.each([
    ['12.5', 'EUR', '1250'],
    ['0012', 'EUR', '1200'],
    ['1,250.00', 'EUR', '125000'],
    ['1250', 'JPY', '1250'],
    ['1.234', 'KWD', '1234'],
    ['1250', undefined, '1250'],
    ['', 'EUR', ''],
  ])('take %s of %s for %s minor units', (text, currency, minor) => {
    expect(amountOf(text, currency)).toBe(minor);
  });

  it.each([
    ['12.505', 'EUR'],
    ['1.5', 'JPY'],
    ['12.50', undefined],
    ['-1', 'EUR'],
    ['ten', 'EUR'],
  ])('refuse %s of %s', (text, currency) => {
    expect(() => amountOf(text, currency)).toThrow(RangeError);
  });

  it('show an amount as it was typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000_000 }),
        fc.constantFrom(...currencies, undefined),
        (minor, currency) => {
          expect(amountOf(amountText(String(minor), currency), currency)).toBe(String(minor));
        },
      ),
    );
  });

  it('take a time for UTC, and show it so', () => {
    expect(timeOf('2026-11-22T01:30')).toBe('2026-11-22T01:30:00.000Z');
    expect(timeInput('2026-11-22T01:30:00.000Z')).toBe('2026-11-22T01:30');
    expect([timeOf(''), timeInput('soon'), timeInput(undefined)]).toEqual(['', '', '']);
  });

  it('know a payment’s id from a reference', () => {
    expect(isPaymentId(' 5eea616e-f469-8169-af18-63009adda7e5 ')).toBe(true);
    expect(isPaymentId('order-1001')).toBe(false);
  });
});
