import { describe, expect, it } from 'vitest';
import {
  postedTransfer,
  type Transfer,
  transferOf,
} from '../../../../../shared/domain/ledger/transfer.ts';
import { booksOf } from './books.ts';

const source = {
  tenant: 'acme',
  currency: 'EUR',
  paymentId: 'p',
  operationId: null,
  time: '2026-11-22T00:00:00.000Z',
} as const;
const held: Transfer = { ...transferOf('authorized', 100, 'h', source), kind: 'pending' };
const captured: Transfer = {
  ...transferOf('captured', 60, 'c', source),
  kind: 'post_pending',
  pendingId: 'h',
  pendingAmountMinor: 100,
};
const fee = postedTransfer('fee', 3, 'f', source);

describe('what a payment’s transfers come to', () => {
  it('is pending while it is held', () => {
    expect(booksOf([held])).toMatchObject({ pending: 100n, debitsPosted: 0n, isBalanced: true });
  });

  it('is posted by account once it is taken', () => {
    const { accounts, pending, debitsPosted, creditsPosted } = booksOf([held, captured, fee]);
    expect([pending, debitsPosted, creditsPosted]).toEqual([0n, 63n, 63n]);
    expect(
      accounts.map(({ account, debitsPosted: debits, creditsPosted: credits }) => [
        account,
        debits,
        credits,
      ]),
    ).toEqual([
      ['psp_receivable', 60n, 0n],
      ['merchant_payable', 3n, 60n],
      ['fee_revenue', 0n, 3n],
    ]);
  });

  it('is nothing without any', () => {
    expect(booksOf([])).toMatchObject({ accounts: [], isBalanced: true });
  });

  it('is found out when a side is not on any account of the chart', () => {
    const astray = { ...fee, creditAccount: 'elsewhere' } as unknown as Transfer;
    expect(booksOf([astray]).isBalanced).toBe(false);
  });
});
