import type { TrialBalanceResource } from '../../../contracts/ledger.ts';
import type { Currency } from '../../money/currency.ts';
import { addCounters, type BookDeltas } from '../book.ts';
import { zeroCounters } from '../transfer.ts';

/**
 * Debits against credits of each book, by currency. A book is one item, read at one instant, and
 * a transfer's two sides enter it in one write: so `difference` is 0 whenever it is read, and not
 * only at rest. Anything else is a fault of ours, never a matter of timing.
 */
export function trialBalance(
  books: readonly {
    readonly currency: Currency;
    readonly accounts: BookDeltas;
    readonly asOf: string;
  }[],
): TrialBalanceResource {
  return {
    currencies: books
      .map(({ currency, accounts, asOf }) => {
        const sums = Object.values(accounts).reduce(addCounters, zeroCounters);
        return {
          currency,
          debits_pending: sums.debitsPending,
          credits_pending: sums.creditsPending,
          debits_posted: sums.debitsPosted,
          credits_posted: sums.creditsPosted,
          difference:
            distance(sums.debitsPending, sums.creditsPending) +
            distance(sums.debitsPosted, sums.creditsPosted),
          as_of: asOf,
        };
      })
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}
