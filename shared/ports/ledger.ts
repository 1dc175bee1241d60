import type { AccountCode } from '../domain/ledger/accounts.ts';
import type { Counters, Transfer } from '../domain/ledger/transfer.ts';
import type { Currency } from '../domain/money.ts';

/** A transfer as the ledger's change stream delivers it. */
export interface StreamedTransfer {
  readonly transfer: Transfer;
  /** The stream's sequence number within its shard: decimal digits, growing. */
  readonly sequence: string;
}

/**
 * The open balances of one tenant in one currency: every account's counters, in one item, so that
 * a transfer's two sides change together and a read sees both or neither.
 */
export interface Book {
  readonly tenant: string;
  readonly currency: Currency;
  readonly accounts: Readonly<Partial<Record<AccountCode, Counters>>>;
  /** RFC 3339: the time of the latest transfer folded in. */
  readonly asOf: string;
}

/**
 * Folds a run of transfers of one shard, in their order, into one book: one write, all or nothing,
 * and of those that the book has already taken from that shard none again.
 */
export type FoldIntoBook = (batch: {
  readonly tenant: string;
  readonly currency: Currency;
  readonly shardId: string;
  readonly transfers: readonly StreamedTransfer[];
}) => Promise<'folded' | 'already_folded'>;

export interface Books {
  readonly fold: FoldIntoBook;
  /** One book, consistent; null before its first transfer. */
  readonly read: (tenant: string, currency: Currency) => Promise<Book | null>;
  /** All books of a tenant, each consistent in itself, by currency. */
  readonly readAll: (tenant: string) => Promise<readonly Book[]>;
}

/** A page of an account's transfers, newest first. */
export interface EntryPage {
  readonly transfers: readonly Transfer[];
  /** Where the next page starts: the last transfer's position; null at the end. */
  readonly next: string | null;
}

/** Reads what debits and what credits an account, as one list ordered by time, newest first. */
export type ListEntries = (query: {
  readonly tenant: string;
  readonly currency: Currency;
  readonly account: AccountCode;
  /** 1 to 100. */
  readonly limit: number;
  readonly after: string | null;
}) => Promise<EntryPage>;
