import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import type { Book, Books } from '../../../ports/ledger.ts';
import { bookDayOf, bookOf } from './books/book-item.ts';
import { bookKey, bookPrefix, dayPrefix, tenantPartition } from './books/book-keys.ts';
import { foldBatch, foldRedriven } from './books/fold-batch.ts';

/**
 * The folded balances on DynamoDB, in the partition `TENANT#<tenant>`:
 *
 *     BOOK#<currency>                 the balances of all accounts, and where the chain ends
 *     DAY#<currency>#<2026-11-21>     what the transfers of one day add to them
 *     CHAIN#<currency>#<000000001>    the link of one folded batch
 *
 * Reads are strongly consistent.
 */
export function dynamoBooks(client: DynamoDBClient, table: string): Books {
  return {
    fold: (batch) => foldBatch(client, table, batch),
    foldRedriven: (batch) => foldRedriven(client, table, batch),
    read: async (tenant, currency) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: bookKey({ tenant, currency }),
          ConsistentRead: true,
        }),
      );
      return Item ? bookOf(Item) : null;
    },
    readAll: async (tenant) => {
      const books: Book[] = [];
      for await (const item of range(client, table, tenant, bookPrefix, `${bookPrefix}~`)) {
        books.push(bookOf(item));
      }
      return books;
    },
    days: async function* (tenant, currency, last) {
      const prefix = dayPrefix(currency);
      for await (const item of range(client, table, tenant, prefix, `${prefix}${last}`)) {
        yield bookDayOf(item);
      }
    },
  };
}

/** The items of a tenant between two sort keys, these included, in order. */
export async function* range(
  client: DynamoDBClient,
  table: string,
  tenant: string,
  from: string,
  to: string,
): AsyncIterable<Record<string, AttributeValue>> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :tenant AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':tenant': { S: tenantPartition(tenant) },
        ':from': { S: from },
        ':to': { S: to },
      },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    yield* page.Items ?? [];
  }
}
