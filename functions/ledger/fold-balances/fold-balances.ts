import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { FoldIntoBook, StreamedTransfer } from '../../../shared/ports/ledger.ts';

/** A record of the ledger's stream; `transfer` throws when its image cannot be read. */
export interface LedgerRecord {
  readonly sequence: string;
  readonly transfer: () => Transfer;
}

/** How far a batch came. What failed is the first record that is not in the balances. */
export interface FoldResult {
  /** How many transfers were folded now; those that were in the balances before do not count. */
  readonly folded: number;
  readonly failed: { readonly index: number; readonly error: unknown } | null;
}

interface BookRun {
  readonly tenant: Transfer['tenant'];
  readonly currency: Transfer['currency'];
  readonly firstIndex: number;
  readonly transfers: StreamedTransfer[];
}

/**
 * Folds a batch of one shard into the open balances:
 * 1. read the transfers up to the first that cannot be read: what follows it has to wait, or it
 *    would be skipped for good, should it become readable at a later try
 * 2. group them by book, in the stream's order
 * 3. fold each book, in one write each, independent of the others
 * 4. say which record is the first that is not folded; a book that was, skips it at the next try
 *
 * @param fold goes by the shard's position, or by what the book has when the batch is redriven
 */
export function foldBalances(fold: FoldIntoBook) {
  return async (records: readonly LedgerRecord[], shardId: string): Promise<FoldResult> => {
    const { books, unreadable } = readBooks(records);
    const results = await Promise.allSettled(
      books.map(({ tenant, currency, transfers }) =>
        fold({ tenant, currency, shardId, transfers }),
      ),
    );
    let folded = 0;
    let failed: FoldResult['failed'] = unreadable;
    for (const [index, { firstIndex, transfers }] of books.entries()) {
      const result = results[index] as PromiseSettledResult<'folded' | 'already_folded'>;
      if (result.status === 'fulfilled') {
        folded += result.value === 'folded' ? transfers.length : 0;
      } else if (failed === null || firstIndex < failed.index) {
        failed = { index: firstIndex, error: result.reason };
      }
    }
    return { folded, failed };
  };
}

function readBooks(records: readonly LedgerRecord[]): {
  readonly books: readonly BookRun[];
  readonly unreadable: FoldResult['failed'];
} {
  const books = new Map<string, BookRun>();
  for (const [index, { sequence, transfer: read }] of records.entries()) {
    let transfer: Transfer;
    try {
      transfer = read();
    } catch (error) {
      return { books: [...books.values()], unreadable: { index, error } };
    }
    const { tenant, currency } = transfer;
    const key = `${tenant}#${currency}`;
    const book = books.get(key) ?? { tenant, currency, firstIndex: index, transfers: [] };
    book.transfers.push({ transfer, sequence });
    books.set(key, book);
  }
  return { books: [...books.values()], unreadable: null };
}
