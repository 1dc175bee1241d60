import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryBooks } from '../../../shared/adapters/memory/ledger-books.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import { aCapture, timeAt } from './transfers.ts';

/**
 * A ledger in memory on which one tenant has captured so many payments of 100.00 in a currency,
 * a second apart, and its books with them.
 */
export async function aLedgerOf(
  ...captures: readonly {
    readonly tenant: string;
    readonly currency: Currency;
    readonly payments: number;
  }[]
) {
  const transfers = captures.flatMap(({ tenant, currency, payments }) =>
    Array.from({ length: payments }, (_, index) =>
      aCapture({ tenant, currency, time: timeAt(index * 1_000) }, `${tenant} ${currency} ${index}`),
    ).flat(),
  );
  return aLedgerWith(transfers);
}

/** A ledger in memory with these transfers, each written by itself, and the books with them. */
export async function aLedgerWith(transfers: readonly Transfer[]) {
  const ledger = memoryLedger();
  const books = memoryBooks();
  for (const transfer of transfers) {
    if (ledger.write([transfer]) !== 'written') {
      throw new Error(`the ledger does not take the transfer ${transfer.id}`);
    }
  }
  const byBook = Map.groupBy(transfers, ({ tenant, currency }) => `${tenant}#${currency}`);
  for (const ofBook of byBook.values()) {
    const { tenant, currency } = ofBook[0] as Transfer;
    await books.fold({ tenant, currency, shardId: 'shard', transfers: numbered(ofBook) });
  }
  return { ledger, books };
}

function numbered(transfers: readonly Transfer[]) {
  return transfers.map((transfer, index) => ({ transfer, sequence: String(index) }));
}

/** Everything that an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) {
    read.push(item);
  }
  return read;
}
