import type { LedgerAccountResource } from '../../contracts/ledger.ts';
import type { Currency } from '../money/currency.ts';
import { type AccountCode, accountCodes, accountId, chartOfAccounts, limitOf } from './accounts.ts';
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

export function addCounters(a: Counters, b: Counters): Counters {
  return {
    debitsPending: a.debitsPending + b.debitsPending,
    debitsPosted: a.debitsPosted + b.debitsPosted,
    creditsPending: a.creditsPending + b.creditsPending,
    creditsPosted: a.creditsPosted + b.creditsPosted,
  };
}

/** The counters of each account of two runs, or of a book and a run, together. */
export function addDeltas(a: BookDeltas, b: BookDeltas): BookDeltas {
  const sums = { ...a };
  for (const [code, counters] of Object.entries(b)) {
    add(sums, code as AccountCode, counters);
  }
  return sums;
}

/** The latest of some times of one form; empty when there is none. */
export function latestOf(times: Iterable<string>): string {
  return [...times].sort().at(-1) ?? '';
}

/** Posted, on the side on which the account grows. Minor units; negative when it is overdrawn. */
export function balanceOf(code: AccountCode, counters: Counters): bigint {
  const debits = counters.debitsPosted - counters.creditsPosted;
  return chartOfAccounts[code].normal === 'debit' ? debits : -debits;
}

/** A book as its readers show it. */
interface ReadBook {
  readonly currency: Currency;
  readonly accounts: BookDeltas;
  readonly asOf: string;
}

/**
 * One account of a book, as the API shows it; one that nothing has touched yet is all zero.
 *
 * @param availableMinor what is still free of it; null for an open account
 */
export function renderAccount(
  book: ReadBook,
  code: AccountCode,
  availableMinor: bigint | null,
): LedgerAccountResource {
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
    limit: limitOf(code),
    available: availableMinor,
    as_of: book.asOf,
  };
}

/** The accounts of a book that any transfer has touched, in the order of the chart. */
export function touchedAccounts({ accounts }: Pick<ReadBook, 'accounts'>): AccountCode[] {
  return accountCodes.filter((code) => accounts[code]);
}
