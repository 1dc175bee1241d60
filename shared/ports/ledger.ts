import type { AccountCode } from '../domain/ledger/accounts.ts';
import type { ChainHead, ChainLink } from '../domain/ledger/chain.ts';
import type { Counters, Transfer } from '../domain/ledger/transfer.ts';
import type { Currency } from '../domain/money/currency.ts';

/**
 * What became of an attempt to write transfers:
 * - `written`: all of them, just now
 * - `refused`: none; one of them is there already, or resolves what it may not. Before anything
 *   else: who repeats what was written hears this, whatever a limit would say by now
 * - `insufficient_funds`: none; the limit of an account, and nothing else, was in the way
 */
export type WriteOutcome = 'written' | 'refused' | 'insufficient_funds';

/**
 * Writes transfers, all or none, and with them what they do to limited accounts. Others at work on
 * one limited account are no refusal: it is tried again until a deadline of the adapter's, and then
 * thrown as `Contention`, with nothing written.
 *
 * @throws RangeError for a transfer that no ledger may take
 */
export type WriteTransfers = (transfers: readonly Transfer[]) => Promise<WriteOutcome>;

/** The balance of a limited account, which each transfer's own transaction changes. */
export interface LimitedAccount {
  readonly tenant: string;
  readonly currency: Currency;
  readonly code: AccountCode;
  readonly counters: Counters;
  /** What its limit leaves to take, in minor units. */
  readonly availableMinor: bigint;
}

/** One limited account as it is now, strongly consistent; zero before its first transfer. */
export type ReadLimited = (
  tenant: string,
  currency: Currency,
  code: AccountCode,
) => Promise<LimitedAccount>;

/** A transfer as the ledger's change stream delivers it. */
export interface StreamedTransfer {
  readonly transfer: Transfer;
  /** The stream's sequence number within its shard: decimal digits, growing. */
  readonly sequence: string;
}

/**
 * The folded balances of one tenant in one currency: every account's counters, in one item, so that
 * a transfer's two sides change together and a read sees both or neither.
 */
export interface Book {
  readonly tenant: string;
  readonly currency: Currency;
  readonly accounts: Readonly<Partial<Record<AccountCode, Counters>>>;
  /** RFC 3339: the time of the latest transfer folded in. */
  readonly asOf: string;
  /** How many batches were folded in, and the hash of the last of them. */
  readonly chain: ChainHead;
}

/** What the transfers of one UTC day, by their own time, add to the accounts of a book. */
export interface BookDay {
  /** `2026-11-21`. */
  readonly day: string;
  readonly accounts: Readonly<Partial<Record<AccountCode, Counters>>>;
}

/** A run of transfers of one shard, in the shard's order, all of one book. */
export interface BookBatch {
  readonly tenant: string;
  readonly currency: Currency;
  readonly shardId: string;
  readonly transfers: readonly StreamedTransfer[];
}

/**
 * Folds a batch into its book, all or nothing: the balances, the totals of the days and the next
 * link of the chain change together. Of what the book has already taken from that shard, nothing is
 * taken again.
 */
export type FoldIntoBook = (batch: BookBatch) => Promise<'folded' | 'already_folded'>;

/**
 * Folds what a book does not have of a batch that the stream gave up, all or nothing, however far
 * later batches of the shard have come meanwhile, and whoever else folds the same. Not for what the
 * stream may still bring by itself: it would skip what lies before the batch.
 */
export type FoldRedriven = FoldIntoBook;

export interface Books {
  readonly fold: FoldIntoBook;
  readonly foldRedriven: FoldRedriven;
  /** One book, consistent; null before its first transfer. */
  readonly read: (tenant: string, currency: Currency) => Promise<Book | null>;
  /** All books of a tenant, each consistent in itself, by currency. */
  readonly readAll: (tenant: string) => Promise<readonly Book[]>;
  /** The days of a book up to and with `last` (`2026-11-21`), in order; those with transfers only. */
  readonly days: (tenant: string, currency: Currency, last: string) => AsyncIterable<BookDay>;
}

/** A page of an account's transfers. */
export interface EntryPage {
  readonly transfers: readonly Transfer[];
  /** Where the next page starts: the last transfer's position; null at the end. */
  readonly next: string | null;
}

interface EntryQuery {
  readonly tenant: string;
  readonly currency: Currency;
  readonly account: AccountCode;
  /** 1 to 100. */
  readonly limit: number;
  /** The position behind which the page starts; null for the first page. */
  readonly after: string | null;
}

/** Reads what debits and what credits an account, as one list ordered by time, newest first. */
export type ListEntries = (query: EntryQuery) => Promise<EntryPage>;

/** The same of some UTC days, `from` and `to` (`2026-11-21`) among them, oldest first. */
export type ListEntriesOfDays = (
  query: EntryQuery & { readonly from: string; readonly to: string },
) => Promise<EntryPage>;

/**
 * The whole ledger, of all tenants, for who audits it. Every read is strongly consistent in each of
 * its items, but no two items are of one instant: so a book is read before its chain, and its chain
 * before the transfers, which are never changed; and sums that differ while payments run are read
 * again before that is called a difference. Each call starts a read of its own.
 */
export interface LedgerAudit {
  /** All books of all tenants, in no order. */
  readonly books: () => AsyncIterable<Book>;
  /** The links of a book's chain, in order, from number 1. */
  readonly chain: (tenant: string, currency: Currency) => AsyncIterable<ChainLink>;
  /** All days of a book, in order. */
  readonly days: (tenant: string, currency: Currency) => AsyncIterable<BookDay>;
  /** All transfers of all tenants, resolutions too, in no order. */
  readonly transfers: () => AsyncIterable<Transfer>;
  /** All limited accounts of all tenants that a transfer has touched, in no order. */
  readonly limitedAccounts: () => AsyncIterable<LimitedAccount>;
}
