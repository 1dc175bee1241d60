import type { ChainLink } from '../../../shared/domain/ledger/chain.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { AuditSources, StoredSubject } from '../../../shared/ports/audit.ts';
import type { Book, BookDay, LimitedAccount } from '../../../shared/ports/ledger.ts';

/** A book, its days and its chain. */
export interface StoredBook {
  readonly book: Book;
  readonly days: readonly BookDay[];
  readonly links: readonly ChainLink[];
}

/** All that an audit reads, at one instant. */
export interface Snapshot {
  readonly books: readonly StoredBook[];
  readonly limited: readonly LimitedAccount[];
  readonly transfers: readonly Transfer[];
  readonly subjects: readonly StoredSubject[];
}

export async function snapshotOf({ ledger, subjects }: AuditSources): Promise<Snapshot> {
  const books: StoredBook[] = [];
  for await (const book of ledger.books()) {
    const { tenant, currency } = book;
    const days = await all(ledger.days(tenant, currency));
    books.push({ book, days, links: await all(ledger.chain(tenant, currency)) });
  }
  return {
    books,
    limited: await all(ledger.limitedAccounts()),
    transfers: await all(ledger.transfers()),
    subjects: await all(subjects.all()),
  };
}

export function sourcesOf({ books, limited, transfers, subjects }: Snapshot): AuditSources {
  const find = (tenant: string, currency: string) =>
    books.find(({ book }) => book.tenant === tenant && book.currency === currency);
  return {
    ledger: {
      books: () => each(books.map(({ book }) => book)),
      days: (tenant, currency) => each(find(tenant, currency)?.days ?? []),
      chain: (tenant, currency) => each(find(tenant, currency)?.links ?? []),
      transfers: () => each(transfers),
      limitedAccounts: () => each(limited),
    },
    subjects: {
      all: () => each(subjects),
      again: async (kind, id) =>
        subjects.find((subject) => subject.kind === kind && subject.id === id) ??
        nothingOf(kind, id),
    },
    findTransfers: async (asked) => {
      const ids = new Set(asked.map(({ id }) => id));
      return transfers.filter(({ id }) => ids.has(id));
    },
  };
}

function nothingOf(kind: StoredSubject['kind'], id: string): StoredSubject {
  return kind === 'conversion'
    ? { kind, id, conversion: null, unreadable: null }
    : { kind, id, events: [], state: null, snapshots: [], unreadable: null };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) {
    read.push(item);
  }
  return read;
}
