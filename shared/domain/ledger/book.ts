import type { LedgerAccountResource } from '../../contracts/ledger.ts';
import type { Currency } from '../money.ts';
import { type AccountCode, accountCodes, accountId, chartOfAccounts } from './accounts.ts';
import { type Counters, effectOf, type Transfer, zeroCounters } from './transfer.ts';

/** What a run of transfers adds to the counters of each account that it touches. */
export type BookDeltas = Readonly<Partial<Record<AccountCode, Counters>>>;

/** The four counters under the names that items and answers give them. */
export const counterNames = {
  debitsPending: 'debits_pending',
  debitsPosted: 'debits_posted',
  creditsPending: 'credits_pending',
  creditsPosted: 'credits_posted',
} as const satisfies Record<keyof Counters, string>;

/**
 * The fold of open balances, on one book (one tenant in one currency): each transfer adds the same
 * to the debit counters of one account as to the credit counters of another, so debits equal
 * credits after every run. Adding commutes, so the order of runs does not matter; that each
 * transfer is in exactly one of them does.
 *
 * @throws Error when a transfer is not of this book
 */
export function deltasOf(
  book: { readonly tenant: string; readonly currency: Currency },
  transfers: readonly Transfer[],
): BookDeltas {
  const deltas: Partial<Record<AccountCode, Counters>> = {};
  for (const transfer of transfers) {
    if (transfer.tenant !== book.tenant || transfer.currency !== book.currency) {
      throw new Error(`transfer ${transfer.id} is of another book`);
    }
    const { pending, posted } = effectOf(transfer);
    add(deltas, transfer.debitAccount, { debitsPending: pending, debitsPosted: posted });
    add(deltas, transfer.creditAccount, { creditsPending: pending, creditsPosted: posted });
  }
  return deltas;
}

function add(
  deltas: Partial<Record<AccountCode, Counters>>,
  code: AccountCode,
  counters: Partial<Counters>,
): void {
  deltas[code] = addCounters(deltas[code] ?? zeroCounters, { ...zeroCounters, ...counters });
}

/** Counters that are larger than a double holds exactly would be wrong without a sign of it. */
export function addCounters(a: Counters, b: Counters): Counters {
  return {
    debitsPending: exact(a.debitsPending + b.debitsPending),
    debitsPosted: exact(a.debitsPosted + b.debitsPosted),
    creditsPending: exact(a.creditsPending + b.creditsPending),
    creditsPosted: exact(a.creditsPosted + b.creditsPosted),
  };
}

/** @throws RangeError for a sum of minor units beyond 2^53, which no book may show rounded. */
export function exact(sumMinor: number): number {
  if (!Number.isSafeInteger(sumMinor)) {
    throw new RangeError('a sum of the ledger is beyond what a number holds exactly');
  }
  return sumMinor;
}

/** The latest of some times of one form; empty when there is none. */
export function latestOf(times: Iterable<string>): string {
  return [...times].sort().at(-1) ?? '';
}

/** Posted, on the side on which the account grows. Minor units; negative when it is overdrawn. */
export function balanceOf(code: AccountCode, counters: Counters): number {
  const debits = counters.debitsPosted - counters.creditsPosted;
  return exact(chartOfAccounts[code].normal === 'debit' ? debits : 0 - debits);
}

/** A book as its readers show it. */
interface ReadBook {
  readonly currency: Currency;
  readonly accounts: BookDeltas;
  readonly asOf: string;
}

/** One account of a book, as the API shows it; one that nothing has touched yet is all zero. */
export function renderAccount(book: ReadBook, code: AccountCode): LedgerAccountResource {
  const counters = book.accounts[code] ?? zeroCounters;
  return {
    id: accountId(code, book.currency),
    object: 'ledger_account',
    code,
    currency: book.currency,
    normal_side: chartOfAccounts[code].normal,
    debits_pending: counters.debitsPending,
    debits_posted: counters.debitsPosted,
    credits_pending: counters.creditsPending,
    credits_posted: counters.creditsPosted,
    balance: balanceOf(code, counters),
    as_of: book.asOf,
  };
}

/** The accounts of a book that any transfer has touched, as the API shows them. */
export function renderAccounts(book: ReadBook): LedgerAccountResource[] {
  return accountCodes
    .filter((code) => book.accounts[code])
    .map((code) => renderAccount(book, code));
}
