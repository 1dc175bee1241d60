import { describe, expect, it } from 'vitest';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { renderPayment } from '../payment/state.ts';
import { fingerprintOf, noFilters, positionOf } from './filters.ts';
import { withPayment } from './page.ts';
import { planOf } from './plan.ts';

describe('the plan of a search', () => {
  it.each([
    [{}, 'all', false],
    [{ createdFrom: 'x', createdTo: 'y' }, 'all', false],
    [{ currency: 'EUR' }, 'all', true],
    [{ amountMin: 1 }, 'all', true],
    [{ status: 'failed' }, 'by_status', false],
    [{ status: 'failed', createdFrom: 'x' }, 'by_status', false],
    [{ status: 'failed', amountMax: 2 }, 'by_status', true],
    [{ customer: 'c' }, 'by_customer', false],
    [{ customer: 'c', status: 'failed' }, 'by_customer', true],
    [{ merchantReference: 'r', customer: 'c', status: 'failed' }, 'by_reference', true],
  ] as const)('of %j is %s; filtered: %s', (filters, index, isFiltered) => {
    expect(planOf(filters)).toEqual({ index, isFiltered });
  });

  it('is the narrowest of those that there are', () => {
    const filters = { merchantReference: 'r', status: 'failed' } as const;
    expect(planOf(filters, ['by_status', 'all'])).toEqual({ index: 'by_status', isFiltered: true });
    expect(planOf({ merchantReference: 'r' }, ['all'])).toEqual({ index: 'all', isFiltered: true });
  });
});

describe('the fingerprint of filters', () => {
  it('is of what is asked, in whatever order it is said', () => {
    expect(fingerprintOf({ status: undefined })).toBe('');
    expect(fingerprintOf({ currency: 'EUR', amountMin: 1 })).toBe(
      fingerprintOf({ amountMin: 1, customer: undefined, currency: 'EUR' }),
    );
    expect(fingerprintOf({ amountMin: 1 })).not.toBe(fingerprintOf({ amountMax: 1 }));
  });
});

describe('a page with a payment that is known', () => {
  const template = renderPayment(anAcceptedPayment(countingStamps()).after);
  const payment = (n: number) => ({
    ...template,
    id: `0000000${n}-0000-8000-8000-000000000000`,
    created: `2026-01-01T00:00:00.00${n}Z`,
  });
  const [one, two, three, four] = [1, 2, 3, 4].map(payment) as [
    typeof template,
    typeof template,
    typeof template,
    typeof template,
  ];
  const query = { filters: noFilters, limit: 3, after: null };
  const page = { payments: [four, two], next: null };

  it('has it at its place', () => {
    expect(withPayment(page, three, query)).toEqual({ payments: [four, three, two], next: null });
    expect(withPayment(page, one, query).payments).toEqual([four, two, one]);
  });

  it('has it as it is, once', () => {
    const changed = { ...two, version: 9 };
    expect(withPayment(page, changed, query).payments).toEqual([four, changed]);
  });

  it('goes on behind what it has no room for', () => {
    const limited = { ...query, limit: 2 };
    expect(withPayment(page, three, limited)).toEqual({
      payments: [four, three],
      next: positionOf(three),
    });
  });

  it('has it not when it is of another page, or does not match any more', () => {
    expect(withPayment(page, three, { ...query, after: positionOf(three) }).payments).toEqual([
      four,
      two,
    ]);
    expect(withPayment({ ...page, next: positionOf(two) }, one, query).payments).toEqual([
      four,
      two,
    ]);
    const failed = { ...query, filters: { status: 'failed' as const } };
    expect(withPayment(page, { ...two, version: 2 }, failed).payments).toEqual([four]);
  });

  it('has what was examined last on it, and nothing behind that', () => {
    const cut = { payments: [four], next: positionOf(two) };
    expect(withPayment(cut, two, query).payments).toEqual([four, two]);
    expect(withPayment(cut, one, query).payments).toEqual([four]);
  });
});
