import { describe, expect, it } from 'vitest';
import { aPayment, aTransfer, timeAt } from '../../../test/support/transfers.ts';
import { LedgerAccount } from '../../contracts/ledger.ts';
import { addCounters, balanceOf, deltasOf, renderAccount, renderAccounts } from './book.ts';
import { captureTransfers, holdTransfer, releaseTransfer } from './postings.ts';
import { zeroCounters } from './transfer.ts';

const book = { tenant: 'acme', currency: 'EUR' } as const;
const payment = aPayment();
const hold = holdTransfer(payment, timeAt(0));
const captured = captureTransfers(payment, timeAt(1));

describe('the fold of a book', () => {
  it('of an authorized payment: both sides pending', () => {
    expect(deltasOf(book, [hold])).toEqual({
      psp_receivable: { ...zeroCounters, debitsPending: 10_000 },
      merchant_payable: { ...zeroCounters, creditsPending: 10_000 },
    });
  });

  it('of its capture: nothing pending, the amount and the fee posted', () => {
    expect(deltasOf(book, [hold, ...captured])).toEqual({
      psp_receivable: { ...zeroCounters, debitsPosted: 10_000 },
      merchant_payable: { ...zeroCounters, creditsPosted: 10_000, debitsPosted: 290 },
      fee_revenue: { ...zeroCounters, creditsPosted: 290 },
    });
  });

  it('of its release: touched, and zero', () => {
    expect(deltasOf(book, [hold, releaseTransfer(payment, timeAt(1))])).toEqual({
      psp_receivable: zeroCounters,
      merchant_payable: zeroCounters,
    });
  });

  it('of a capture of a part: the rest is pending no more', () => {
    const [whole] = captured;
    const part = { ...(whole as typeof hold), amountMinor: 4_000 };
    expect(deltasOf(book, [hold, part]).psp_receivable).toEqual({
      ...zeroCounters,
      debitsPosted: 4_000,
    });
  });

  it('does not depend on the order', () => {
    const transfers = [hold, ...captured];
    expect(deltasOf(book, transfers.toReversed())).toEqual(deltasOf(book, transfers));
  });

  it.each([
    ['tenant', aTransfer({ tenant: 'stranger' })],
    ['currency', aTransfer({ currency: 'USD' })],
  ])('refuses a transfer of another %s', (_, transfer) => {
    expect(() => deltasOf(book, [aTransfer(), transfer])).toThrow(/another book/);
  });

  it('refuses a sum that a number does not hold exactly', () => {
    const most = { ...zeroCounters, creditsPosted: Number.MAX_SAFE_INTEGER };
    expect(() => addCounters(most, { ...zeroCounters, creditsPosted: 1 })).toThrow(RangeError);
  });
});

describe('a balance', () => {
  const counters = { debitsPending: 1, debitsPosted: 70, creditsPending: 2, creditsPosted: 100 };

  it('is what is posted, on the side on which the account grows', () => {
    expect(balanceOf('merchant_payable', counters)).toBe(30);
    expect(balanceOf('fee_revenue', counters)).toBe(30);
    expect(balanceOf('psp_receivable', counters)).toBe(-30);
  });

  it('of nothing is zero, not minus zero', () => {
    expect(balanceOf('merchant_payable', zeroCounters)).toBe(0);
  });
});

describe('an account', () => {
  const read = {
    currency: 'EUR',
    accounts: deltasOf(book, [hold, ...captured]),
    asOf: timeAt(1),
  } as const;

  it('is shown by its contract', () => {
    const account = renderAccount(read, 'merchant_payable');
    expect(account).toEqual({
      id: 'merchant_payable.EUR',
      object: 'ledger_account',
      code: 'merchant_payable',
      currency: 'EUR',
      normal_side: 'credit',
      debits_pending: 0,
      debits_posted: 290,
      credits_pending: 0,
      credits_posted: 10_000,
      balance: 9_710,
      as_of: timeAt(1),
    });
    expect(LedgerAccount.parse(account)).toEqual(account);
  });

  it('is in the list of its book once a transfer has touched it', () => {
    const before = { ...read, accounts: deltasOf(book, [hold]) };
    const codes = (accounts: ReturnType<typeof renderAccounts>) =>
      accounts.map(({ code }) => code).sort();
    expect(codes(renderAccounts(before))).toEqual(['merchant_payable', 'psp_receivable']);
    expect(codes(renderAccounts(read))).toEqual([
      'fee_revenue',
      'merchant_payable',
      'psp_receivable',
    ]);
  });
});
