import { describe, expect, it } from 'vitest';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoLedgerAudit } from '../../../shared/adapters/dynamo/ledger/ledger-audit.ts';
import { dynamoWriteTransfers } from '../../../shared/adapters/dynamo/ledger/write-transfers.ts';
import { verifyChain } from '../../../shared/domain/ledger/chain.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Book } from '../../../shared/ports/ledger.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { all } from '../../support/ledger/ledgers.ts';
import { aHold, timeAt } from '../../support/ledger/transfers.ts';
import { watchTransactions } from './transactions.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;
const tenant = 'acme';
const currency = 'EUR';

describe.skipIf(!endpoint)(`a hot account at ${endpoint}`, () => {
  it('takes 2,000 transfers, of which none conflicts and 20 or more cost a write of its balance', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['ledger', 'books']);
    try {
      const { sent, conflicts } = watchTransactions(client);
      const write = dynamoWriteTransfers(client, names.ledger);
      const holds = Array.from({ length: 2_000 }, (_, index) =>
        aHold({ tenant, time: timeAt(index) }, `crowd ${index}`),
      );
      // Ten a transaction, twenty transactions at once: DynamoDB Local has locks where AWS has none.
      for (const wave of inRunsOf(20, inRunsOf(10, holds))) {
        const outcomes = await Promise.all(wave.map(write));
        expect(new Set(outcomes)).toEqual(new Set(['written']));
      }
      expect(conflicts()).toBe(0);

      const { fold, read } = dynamoBooks(client, names.books);
      const shards = shardsOf(holds, 4);
      await Promise.all(
        shards.map(async (ofShard, shard) => {
          for (const [batch, run] of inRunsOf(100, ofShard).entries()) {
            const transfers = run.map((transfer, index) => ({
              transfer,
              sequence: String(100 * batch + index),
            }));
            const shardId = `shard-${shard}`;
            expect(await fold({ tenant, currency, shardId, transfers })).toBe('folded');
          }
        }),
      );
      const book = (await read(tenant, currency)) as Book;
      expect(book.accounts.merchant_payable?.creditsPending).toBe(2_000n * 10_000n);
      expect(sent.get(`TENANT#${tenant} / BOOK#${currency}`)).toBeLessThanOrEqual(2_000 / 20);

      const audit = dynamoLedgerAudit(client, names);
      const byId = new Map(
        (await all(audit.transfers())).map((transfer) => [transfer.id, transfer]),
      );
      const links = await all(audit.chain(tenant, currency));
      expect(verifyChain(links, (id) => byId.get(id), book.chain)).toEqual([]);
      expect(links.flatMap(({ transfers }) => transfers)).toHaveLength(2_000);
    } finally {
      await drop();
    }
  });
});

/** Items in their order, so many at a time. */
function inRunsOf<T>(count: number, items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / count) }, (_, index) =>
    items.slice(index * count, (index + 1) * count),
  );
}

/** Transfers dealt out to so many shards, one after the other. */
function shardsOf(transfers: readonly Transfer[], count: number): Transfer[][] {
  return Array.from({ length: count }, (_, shard) =>
    transfers.filter((_transfer, index) => index % count === shard),
  );
}
