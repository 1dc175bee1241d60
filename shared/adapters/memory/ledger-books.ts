import { addDeltas, type BookDeltas, latestOf } from '../../domain/ledger/book.ts';
import { type ChainLink, genesisHash } from '../../domain/ledger/chain.ts';
import { foldRun, markAfter, type ShardMark } from '../../domain/ledger/fold/fold.ts';
import { type Run, unfoldedRun, untakenRun } from '../../domain/ledger/fold/sequence.ts';
import type {
  Book,
  BookBatch,
  BookDay,
  Books,
  LedgerAudit,
  StreamedTransfer,
} from '../../ports/ledger.ts';
import type { MemoryLedger } from './ledger.ts';

/** The books in memory, and what an auditor reads of them. */
export interface MemoryBooks extends Books, Pick<LedgerAudit, 'books' | 'chain'> {}

interface StoredBook extends Pick<Book, 'tenant' | 'currency'> {
  readonly accounts: BookDeltas;
  readonly shards: ReadonlyMap<string, ShardMark>;
  readonly days: ReadonlyMap<string, BookDeltas>;
  readonly links: readonly ChainLink[];
}

/** The folded balances in memory: the same positions, days and links as the real ones keep. */
export function memoryBooks(): MemoryBooks {
  const books = new Map<string, StoredBook>();
  const find = (tenant: string, currency: string) => books.get(`${tenant}#${currency}`);
  const write = (
    { tenant, currency, shardId }: BookBatch,
    before: StoredBook | undefined,
    run: Run<StreamedTransfer> | null,
  ): 'folded' | 'already_folded' => {
    if (run === null) {
      return 'already_folded';
    }
    const links = before?.links ?? [];
    const folded = foldRun({ tenant, currency }, shardId, run, headOf(links));
    const mark = markAfter(before?.shards.get(shardId) ?? null, folded);
    books.set(`${tenant}#${currency}`, {
      tenant,
      currency,
      accounts: addDeltas(before?.accounts ?? {}, folded.deltas),
      shards: new Map(before?.shards).set(shardId, mark),
      days: withDays(before?.days, folded.days),
      links: [...links, folded.link],
    });
    return 'folded';
  };
  return {
    fold: async (batch) => {
      const before = find(batch.tenant, batch.currency);
      const taken = before?.shards.get(batch.shardId)?.position ?? null;
      return write(batch, before, untakenRun(batch.transfers, taken));
    },
    foldRedriven: async (batch) => {
      const before = find(batch.tenant, batch.currency);
      const folded = before?.links.flatMap(({ transfers }) => transfers.map(({ id }) => id));
      return write(batch, before, unfoldedRun(batch.transfers, new Set(folded)));
    },
    read: async (tenant, currency) => {
      const book = find(tenant, currency);
      return book ? bookOf(book) : null;
    },
    readAll: async (tenant) =>
      [...books.values()]
        .filter((book) => book.tenant === tenant)
        .sort((a, b) => (a.currency < b.currency ? -1 : 1))
        .map(bookOf),
    days: async function* (tenant, currency, last) {
      const days = find(tenant, currency)?.days ?? new Map<string, BookDeltas>();
      yield* [...days]
        .map(([day, accounts]): BookDay => ({ day, accounts }))
        .filter(({ day }) => day <= last)
        .sort((a, b) => (a.day < b.day ? -1 : 1));
    },
    books: async function* () {
      yield* [...books.values()].map(bookOf);
    },
    chain: async function* (tenant, currency) {
      yield* find(tenant, currency)?.links ?? [];
    },
  };
}

function headOf(links: readonly ChainLink[]) {
  return { length: links.length, hash: links.at(-1)?.hash ?? genesisHash };
}

function bookOf({ tenant, currency, accounts, shards, links }: StoredBook): Book {
  const asOf = latestOf([...shards.values()].map(({ time }) => time));
  return { tenant, currency, accounts, asOf, chain: headOf(links) };
}

function withDays(
  before: ReadonlyMap<string, BookDeltas> | undefined,
  added: ReadonlyMap<string, BookDeltas>,
): ReadonlyMap<string, BookDeltas> {
  const days = new Map(before);
  for (const [day, deltas] of added) {
    days.set(day, addDeltas(days.get(day) ?? {}, deltas));
  }
  return days;
}

/** The whole ledger in memory, as an auditor reads it. */
export function memoryLedgerAudit(ledger: MemoryLedger, books: MemoryBooks): LedgerAudit {
  return {
    books: books.books,
    chain: books.chain,
    days: (tenant, currency) => books.days(tenant, currency, '9999-12-31'),
    transfers: async function* () {
      yield* ledger.transfers();
    },
    limitedAccounts: async function* () {
      yield* ledger.limitedAccounts();
    },
  };
}
