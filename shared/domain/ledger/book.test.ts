import { describe, expect, it } from 'vitest';
import {
  captureTransfers,
  holdTransfer,
  releaseTransfer,
} from '../../../test/support/ledger/postings.ts';
import { aPayment, aTransfer, timeAt } from '../../../test/support/ledger/transfers.ts';
import { LedgerAccount } from '../../contracts/ledger.ts';
import {
  addCounters,
  addDeltas,
  balanceOf,
  deltasOf,
  renderAccount,
  touchedAccounts,
} from './book.ts';
import { zeroCounters } from './transfer.ts';

const book = { tenant: 'acme', currency: 'EUR' } as const;
const payment = aPayment();
const hold = holdTransfer(payment, timeAt(0));
const captured = captureTransfers(payment, timeAt(1));

describe('the fold of a book', () => {
  it('of an authorized payment: both sides pending', () => {
    expect(deltasOf(book, [hold])).toEqual({
      psp_receivable: { ...zeroCounters, debitsPending: 10_000n },
      merchant_payable: { ...zeroCounters, creditsPending: 10_000n },
    });
  });

  it('of its capture: nothing pending, the amount and the fee posted', () => {
    expect(deltasOf(book, [hold, ...captured])).toEqual({
      psp_receivable: { ...zeroCounters, debitsPosted: 10_000n },
      merchant_payable: { ...zeroCounters, creditsPosted: 10_000n, debitsPosted: 290n },
      fee_revenue: { ...zeroCounters, creditsPosted: 290n },
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
      debitsPosted: 4_000n,
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

  it('is exact beyond 2^53', () => {
    const most = { ...zeroCounters, creditsPosted: 2n ** 53n };
    expect(addCounters(most, { ...zeroCounters, creditsPosted: 1n })).toEqual({
      ...zeroCounters,
      creditsPosted: 9_007_199_254_740_993n,
    });
  });

  it('of two runs is that of both together', () => {
    const [first, ...rest] = [hold, ...captured];
    const apart = [deltasOf(book, [first]), deltasOf(book, rest)];
    expect(apart.reduce(addDeltas)).toEqual(deltasOf(book, [hold, ...captured]));
  });
});

describe('a balance', () => {
  const counters = {
    debitsPending: 1n,
    debitsPosted: 70n,
    creditsPending: 2n,
    creditsPosted: 100n,
  };

  it('is what is posted, on the side on which the account grows', () => {
    expect(balanceOf('merchant_payable', counters)).toBe(30n);
    expect(balanceOf('fee_revenue', counters)).toBe(30n);
    expect(balanceOf('psp_receivable', counters)).toBe(-30n);
  });

  it('of nothing is zero', () => {
    expect(balanceOf('merchant_payable', zeroCounters)).toBe(0n);
  });
});

describe('an account', () => {
  const read = {
    currency: 'EUR',
    accounts: deltasOf(book, [hold, ...captured]),
    asOf: timeAt(1),
  } as const;

  it('is shown by its contract', () => {
    const account = renderAccount(read, 'merchant_payable', null);
    expect(account).toEqual({
      id: 'merchant_payable.EUR',
      object: 'ledger_account',
      code: 'merchant_payable',
      currency: 'EUR',
      normal_side: 'credit',
      debits_pending: 0n,
      debits_posted: 290n,
      credits_pending: 0n,
      credits_posted: 10_000n,
      balance: 9_710n,
      limit: null,
      available: null,
      as_of: timeAt(1),
    });
    expect(LedgerAccount.parse(account)).toEqual(account);
  });

  it('that is limited says so, and what is available of it', () => {
    const account = renderAccount(read, 'merchant_available', 7n);
    expect(account).toMatchObject({ limit: 'debits_must_not_exceed_credits', available: 7n });
    expect(LedgerAccount.parse(account)).toEqual(account);
  });

  it('is among those of its book once a transfer has touched it', () => {
    const before = { accounts: deltasOf(book, [hold]) };
    expect(touchedAccounts(before)).toEqual(['psp_receivable', 'merchant_payable']);
    expect(touchedAccounts(read)).toEqual(['psp_receivable', 'merchant_payable', 'fee_revenue']);
  });
});
