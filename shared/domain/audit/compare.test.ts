import { describe, expect, it } from 'vitest';
import { zeroCounters } from '../ledger/transfer.ts';
import { compareCounters, compareObjects, isSame } from './compare.ts';

describe('comparing', () => {
  it.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: [] }, { a: {} }, false],
    [{ a: [1, 2] }, { a: [2, 1] }, false],
    [{ a: 1n }, { a: 1n }, true],
    [null, {}, false],
  ])('takes %o and %o as JSON, in whatever order', (a, b, same) => {
    expect([isSame(a, b), isSame(b, a)]).toEqual([same, same]);
  });

  it('shows the counters that differ, and takes none for zero', () => {
    expect(compareCounters(undefined, zeroCounters)).toBeNull();
    const counters = { ...zeroCounters, debitsPosted: 10n ** 20n };
    expect(compareCounters(counters, undefined)).toEqual({
      expected: 'debits_posted 100000000000000000000',
      found: 'debits_posted 0',
    });
  });

  it('shows numbers and texts of ours, in an event as well', () => {
    const expected = {
      id: 'a',
      data: { fee: 1, payment: { status: 'captured', payment_method: 'tok_a', metadata: {} } },
    };
    const found = {
      id: 'b',
      data: { fee: 2, payment: { status: 'failed', payment_method: 'tok_b', metadata: [1] } },
    };
    expect(compareObjects(expected, expected)).toBeNull();
    expect(compareObjects(expected, found)).toEqual({
      expected:
        'id a, data.fee 1, data.payment.status captured, data.payment.payment_method another text, data.payment.metadata other members',
      found:
        'id b, data.fee 2, data.payment.status failed, data.payment.payment_method another text, data.payment.metadata of 1',
    });
  });

  it('shows what only one of them has', () => {
    expect(compareObjects({ amount: 1 }, {})).toEqual({
      expected: 'amount 1',
      found: 'amount missing',
    });
  });
});
