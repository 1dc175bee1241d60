import { describe, expect, it } from 'vitest';
import { memoryBooks } from '../../../shared/adapters/memory/ledger-books.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { FoldIntoBook } from '../../../shared/ports/ledger.ts';
import { aTransfer } from '../../../test/support/ledger/transfers.ts';
import { foldBalances, type LedgerRecord } from './fold-balances.ts';

const record = (transfer: Transfer, sequence: string): LedgerRecord => ({
  sequence,
  transfer: () => transfer,
});
const unreadable = (sequence: string): LedgerRecord => ({
  sequence,
  transfer: () => {
    throw new Error('cannot be read');
  },
});
const fee = (sequence: string, tenant = 'acme') =>
  record(aTransfer({ tenant }, `${tenant} ${sequence}`), sequence);

async function feesIn(books: ReturnType<typeof memoryBooks>, tenant: string): Promise<number> {
  const book = await books.read(tenant, 'EUR');
  return Number(book?.accounts.fee_revenue?.creditsPosted ?? 0n) / 290;
}

describe('folding a batch', () => {
  it('writes each book once, in the order of the stream', async () => {
    const calls: Parameters<FoldIntoBook>[0][] = [];
    const handle = foldBalances(async (batch) => {
      calls.push(batch);
      return 'folded';
    });
    const records = [fee('1'), fee('2', 'other'), fee('3'), fee('4')];
    expect(await handle(records, 'shard')).toEqual({ folded: 4, failed: null });
    expect(
      calls.map(({ tenant, shardId, transfers }) => [
        tenant,
        shardId,
        ...transfers.map(({ sequence }) => sequence),
      ]),
    ).toEqual([
      ['acme', 'shard', '1', '3', '4'],
      ['other', 'shard', '2'],
    ]);
  });

  it('counts nothing when it was all taken before', async () => {
    const handle = foldBalances(memoryBooks().fold);
    await handle([fee('1')], 'shard');
    expect(await handle([fee('1')], 'shard')).toEqual({ folded: 0, failed: null });
  });

  it('takes what stands before a record that cannot be read, and nothing behind it', async () => {
    const books = memoryBooks();
    const records = [fee('1'), fee('2', 'other'), unreadable('3'), fee('4'), fee('5', 'other')];
    const { folded, failed } = await foldBalances(books.fold)(records, 'shard');
    expect([folded, failed?.index]).toEqual([2, 2]);
    expect(await feesIn(books, 'acme')).toBe(1);
    expect(await feesIn(books, 'other')).toBe(1);
  });

  it('takes the other books when one fails, and names the first record of that one', async () => {
    const books = memoryBooks();
    const failure = new Error('throttled');
    const handle = foldBalances(async (batch) => {
      if (batch.tenant === 'slow') {
        throw failure;
      }
      return books.fold(batch);
    });
    const records = [fee('1'), fee('2', 'slow'), fee('3'), fee('4', 'slow')];
    expect(await handle(records, 'shard')).toEqual({
      folded: 2,
      failed: { index: 1, error: failure },
    });
    const again = await foldBalances(books.fold)(records.slice(1), 'shard');
    expect(again).toEqual({ folded: 2, failed: null });
    expect([await feesIn(books, 'acme'), await feesIn(books, 'slow')]).toEqual([2, 2]);
  });

  it('names the earliest of several failures', async () => {
    const handle = foldBalances(async ({ tenant }) => {
      throw new Error(tenant);
    });
    const { failed } = await handle([fee('1', 'a'), fee('2', 'b'), unreadable('3')], 'shard');
    expect(failed).toEqual({ index: 0, error: new Error('a') });
  });
});
