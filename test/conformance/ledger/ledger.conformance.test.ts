import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoLedgerAudit } from '../../../shared/adapters/dynamo/ledger/ledger-audit.ts';
import {
  dynamoListEntries,
  dynamoListEntriesOfDays,
} from '../../../shared/adapters/dynamo/ledger/ledger-entries.ts';
import { dynamoReadLimited } from '../../../shared/adapters/dynamo/ledger/limited-accounts.ts';
import { dynamoWriteTransfers } from '../../../shared/adapters/dynamo/ledger/write-transfers.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { aTransfer, timeAt } from '../../support/ledger/transfers.ts';
import { ledgerConformance } from './ledger.suite.ts';
import { watchTransactions } from './transactions.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  let conflicts = () => 0;

  ledgerConformance(
    'DynamoDB',
    async () => {
      const { client, names, drop } = await createTables(endpoint as string, ['ledger', 'books']);
      conflicts = watchTransactions(client).conflicts;
      return {
        books: dynamoBooks(client, names.books),
        audit: dynamoLedgerAudit(client, names),
        write: dynamoWriteTransfers(client, names.ledger, { withinMs: 120_000 }),
        readLimited: dynamoReadLimited(client, names.ledger),
        listEntries: dynamoListEntries(client, names.ledger),
        listEntriesOfDays: dynamoListEntriesOfDays(client, names.ledger),
        close: drop,
      };
    },
    20,
  );

  it('did all that though transactions were in conflict', () => {
    expect(conflicts()).toBeGreaterThan(0);
  });

  it('finds what a shard brought before books kept from which link on it did', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['books']);
    try {
      const { fold, foldRedriven, read } = dynamoBooks(client, names.books);
      const batch = (...sequences: readonly string[]) => ({
        tenant: 'acme',
        currency: 'EUR' as const,
        shardId: 's',
        transfers: sequences.map((sequence) => ({ transfer: aTransfer({}, sequence), sequence })),
      });
      await fold(batch('1', '2'));
      await client.send(
        new UpdateItemCommand({
          TableName: names.books,
          Key: { pk: { S: 'TENANT#acme' }, sk: { S: 'BOOK#EUR' } },
          UpdateExpression: 'REMOVE #from',
          ExpressionAttributeNames: { '#from': 'from#s' },
        }),
      );
      await fold(batch('5'));
      expect(await foldRedriven(batch('1', '2'))).toBe('already_folded');
      expect(await foldRedriven(batch('2', '3'))).toBe('folded');
      expect((await read('acme', 'EUR'))?.accounts.fee_revenue?.creditsPosted).toBe(4n * 290n);
    } finally {
      await drop();
    }
  });

  it('prunes the positions of shards that can bring nothing any more, and nothing else', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['books']);
    try {
      const { fold, read } = dynamoBooks(client, names.books);
      const hourMs = 60 * 60 * 1_000;
      const foldAt = (shardId: string, hour: number) => {
        const transfer = aTransfer({ time: timeAt(hour * hourMs) }, `${shardId} ${hour}`);
        const transfers = [{ transfer, sequence: String(hour) }];
        return fold({ tenant: 'acme', currency: 'EUR', shardId, transfers });
      };
      for (let hour = 0; hour < 52; hour++) {
        expect(await foldAt(`shard-${hour}`, hour)).toBe('folded');
      }
      const { Item = {} } = await client.send(
        new GetItemCommand({
          TableName: names.books,
          Key: { pk: { S: 'TENANT#acme' }, sk: { S: 'BOOK#EUR' } },
        }),
      );
      const kept = (prefix: string) =>
        Object.keys(Item)
          .filter((attribute) => attribute.startsWith(prefix))
          .map((attribute) => Number(attribute.slice(prefix.length)))
          .sort((a, b) => a - b);
      const expected = Array.from({ length: 50 }, (_, index) => index + 2);
      expect(kept('pos#shard-')).toEqual(expected);
      expect(kept('at#shard-')).toEqual(expected);
      expect(kept('from#shard-')).toEqual(expected);
      expect(await foldAt('shard-3', 3)).toBe('already_folded');
      expect((await read('acme', 'EUR'))?.accounts.fee_revenue?.creditsPosted).toBe(52n * 290n);
    } finally {
      await drop();
    }
  });
});
