import type { AccountCode } from '../../domain/ledger/accounts.ts';
import { addCounters, deltasOf, latestOf } from '../../domain/ledger/book.ts';
import { untakenRun } from '../../domain/ledger/sequence.ts';
import {
  type Counters,
  checkTransfer,
  entryPosition,
  type Transfer,
  zeroCounters,
} from '../../domain/ledger/transfer.ts';
import type { Book, Books, ListEntries } from '../../ports/ledger.ts';

/** The ledger's transfers in memory, under the conditions of the real one. */
export interface MemoryLedger {
  /** Writes all or none; `refused` when one is there already or resolves what it may not. */
  readonly write: (transfers: readonly Transfer[]) => 'written' | 'refused';
  /** In the order in which they were written. */
  readonly transfers: () => readonly Transfer[];
  readonly listEntries: ListEntries;
}

export function memoryLedger(): MemoryLedger {
  const written = new Map<string, Transfer>();
  return {
    write: (transfers) => {
      const items = transfers.map((transfer) => ({ key: keyOf(transfer), transfer }));
      for (const { key, transfer } of items) {
        checkTransfer(transfer);
        if (written.has(key) || !resolvesWhatItMay(transfer, written)) {
          return 'refused';
        }
      }
      for (const { key, transfer } of items) {
        written.set(key, transfer);
      }
      return 'written';
    },
    transfers: () => [...written.values()],
    listEntries: async ({ tenant, currency, account, limit, after }) => {
      const entries = [...written.values()]
        .filter(
          (transfer) =>
            transfer.tenant === tenant &&
            transfer.currency === currency &&
            (transfer.debitAccount === account || transfer.creditAccount === account),
        )
        .map((transfer) => ({ transfer, position: entryPosition(transfer) }))
        .filter(({ position }) => after === null || position < after)
        .sort((a, b) => (a.position < b.position ? 1 : -1));
      return {
        transfers: entries.slice(0, limit).map(({ transfer }) => transfer),
        next: entries.length > limit ? (entries[limit - 1]?.position ?? null) : null,
      };
    },
  };
}

function keyOf(transfer: Transfer): string {
  return 'pendingId' in transfer ? `${transfer.pendingId}/resolution` : transfer.id;
}

function resolvesWhatItMay(transfer: Transfer, written: ReadonlyMap<string, Transfer>): boolean {
  if (!('pendingId' in transfer)) {
    return true;
  }
  const pending = written.get(transfer.pendingId);
  return (
    pending?.kind === 'pending' &&
    pending.tenant === transfer.tenant &&
    pending.currency === transfer.currency &&
    pending.debitAccount === transfer.debitAccount &&
    pending.creditAccount === transfer.creditAccount &&
    pending.amountMinor === transfer.pendingAmountMinor
  );
}

/** The open balances in memory: the same position per shard and book as the real ones keep. */
export function memoryBooks(): Books {
  const books = new Map<string, StoredBook>();
  const bookOf = ({ tenant, currency, accounts, shards }: StoredBook): Book => ({
    tenant,
    currency,
    accounts,
    asOf: latestOf([...shards.values()].map(({ time }) => time)),
  });
  return {
    fold: async (batch) => {
      const { tenant, currency, shardId } = batch;
      const before = books.get(`${tenant}#${currency}`);
      const run = untakenRun(batch.transfers, before?.shards.get(shardId)?.position ?? null);
      if (run === null) {
        return 'already_folded';
      }
      const transfers = run.records.map(({ transfer }) => transfer);
      const accounts = { ...before?.accounts };
      for (const [code, deltas] of Object.entries(deltasOf(batch, transfers))) {
        const account = code as AccountCode;
        accounts[account] = addCounters(accounts[account] ?? zeroCounters, deltas);
      }
      const shards = new Map(before?.shards);
      shards.set(shardId, {
        position: run.last,
        time: latestOf(transfers.map(({ time }) => time)),
      });
      books.set(`${tenant}#${currency}`, { tenant, currency, accounts, shards });
      return 'folded';
    },
    read: async (tenant, currency) => {
      const book = books.get(`${tenant}#${currency}`);
      return book ? bookOf(book) : null;
    },
    readAll: async (tenant) =>
      [...books.values()]
        .filter((book) => book.tenant === tenant)
        .sort((a, b) => (a.currency < b.currency ? -1 : 1))
        .map(bookOf),
  };
}

interface StoredBook extends Pick<Book, 'tenant' | 'currency'> {
  readonly accounts: Partial<Record<AccountCode, Counters>>;
  readonly shards: ReadonlyMap<string, { readonly position: string; readonly time: string }>;
}
