import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Breaks } from '../../../ports/settlement/reconciliation.ts';
import { transact } from '../transact.ts';
import { breakKey, breakOf, breaksOf, closeItems } from './break-items.ts';
import { pageOf } from './page.ts';

/** The breaks on DynamoDB, as people work on them. */
export function dynamoBreaks(client: DynamoDBClient, table: string): Breaks {
  return {
    list: async ({ owner, status, limit, after }) => {
      const list = breaksOf(owner);
      const page = await pageOf(client, {
        table,
        limit,
        after,
        ...(status ? { index: 'by_status', partition: `${list}#${status}` } : { partition: list }),
      });
      return { items: page.items.map(breakOf), next: page.next };
    },
    get: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: breakKey(id), ConsistentRead: true }),
      );
      return Item ? breakOf(Item) : null;
    },
    resolve: async (closed) => (await transact(client, closeItems(table, closed))).kind,
  };
}
