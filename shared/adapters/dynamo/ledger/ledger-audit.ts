import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { LedgerAudit } from '../../../ports/ledger.ts';
import { bookOf } from './books/book-item.ts';
import { bookPrefix, chainPrefix } from './books/book-keys.ts';
import { linkFrom } from './books/chain-item.ts';
import { dynamoBooks, range } from './books.ts';
import { transferPartition } from './ledger-items.ts';
import { limitedAccountOf, limitedPartition } from './limited-accounts.ts';
import { transferOf } from './transfer-item.ts';

/** The last day that has a name of ten characters. */
const lastDay = '9999-12-31';

/**
 * The whole ledger from its two tables. What belongs to one book is queried; what belongs to all
 * tenants is scanned, once from one end to the other each time it is asked for.
 */
export function dynamoLedgerAudit(
  client: DynamoDBClient,
  tables: { readonly ledger: string; readonly books: string },
): LedgerAudit {
  const { days } = dynamoBooks(client, tables.books);
  return {
    books: () => mapped(scan(client, tables.books, 'sk', bookPrefix), bookOf),
    chain: (tenant, currency) => {
      const prefix = chainPrefix(currency);
      return mapped(range(client, tables.books, tenant, prefix, `${prefix}~`), linkFrom);
    },
    days: (tenant, currency) => days(tenant, currency, lastDay),
    transfers: () => mapped(scan(client, tables.ledger, 'pk', transferPartition), transferOf),
    limitedAccounts: () =>
      mapped(scan(client, tables.ledger, 'pk', limitedPartition), limitedAccountOf),
  };
}

type Item = Record<string, AttributeValue>;

/** All items of a table whose key begins with a text. */
async function* scan(
  client: DynamoDBClient,
  table: string,
  key: 'pk' | 'sk',
  prefix: string,
): AsyncIterable<Item> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      FilterExpression: 'begins_with(#key, :prefix)',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':prefix': { S: prefix } },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    yield* page.Items ?? [];
  }
}

async function* mapped<T>(items: AsyncIterable<Item>, of: (item: Item) => T): AsyncIterable<T> {
  for await (const item of items) {
    yield of(item);
  }
}
