import { describe, expect, it } from 'vitest';
import { captureTransfers, holdTransfer } from '../../../../test/support/ledger/postings.ts';
import { aPayment, timeAt } from '../../../../test/support/ledger/transfers.ts';
import { TrialBalance } from '../../../contracts/ledger.ts';
import type { Currency } from '../../money/currency.ts';
import { deltasOf } from '../book.ts';
import { type Counters, zeroCounters } from '../transfer.ts';
import { trialBalance } from './trial-balance.ts';

function book(currency: Currency) {
  const payments = ['1', '2'].map((key) => aPayment({ key, currency }));
  const transfers = [
    ...payments.map((payment) => holdTransfer(payment, timeAt(0))),
    ...payments.slice(1).flatMap((payment) => captureTransfers(payment, timeAt(1))),
  ];
  return { currency, accounts: deltasOf({ tenant: 'acme', currency }, transfers), asOf: timeAt(1) };
}

/** A book in which a side of its accounts went astray. */
function skewed(merchantPayable: Partial<Counters>) {
  const { accounts, ...rest } = book('EUR');
  const counters = accounts.merchant_payable as Counters;
  return {
    ...rest,
    accounts: { ...accounts, merchant_payable: { ...counters, ...merchantPayable } },
  };
}

describe('the trial balance', () => {
  it('has the sums of each currency, by currency, without a difference', () => {
    const balance = trialBalance([book('USD'), book('EUR')]);
    const sums = {
      debits_pending: 10_000n,
      credits_pending: 10_000n,
      debits_posted: 10_290n,
      credits_posted: 10_290n,
      difference: 0n,
      as_of: timeAt(1),
    };
    expect(balance).toEqual({
      currencies: [
        { currency: 'EUR', ...sums },
        { currency: 'USD', ...sums },
      ],
    });
    expect(TrialBalance.parse(balance)).toEqual(balance);
  });

  it('of no book is empty', () => {
    expect(trialBalance([])).toEqual({ currencies: [] });
  });

  it.each<[string, Partial<Counters>, bigint]>([
    ['what is pending', { creditsPending: 9_999n }, 1n],
    ['what is posted', { creditsPosted: 10_003n }, 3n],
    ['both, which must not cancel out', { creditsPending: 9_999n, creditsPosted: 10_001n }, 2n],
  ])('shows a difference in %s', (_, counters, difference) => {
    expect(trialBalance([skewed(counters)]).currencies[0]?.difference).toBe(difference);
  });

  it('of a book whose accounts are zero has no difference', () => {
    const accounts = { fee_revenue: zeroCounters };
    const balance = trialBalance([{ currency: 'EUR', accounts, asOf: timeAt(0) }]);
    expect(balance.currencies[0]?.difference).toBe(0n);
  });
});
