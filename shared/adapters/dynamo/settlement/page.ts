import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from '../../../ports/settlement/reconciliation.ts';

/** The index of a list's items in one status. */
const byStatusIndex = 'by_status';

/** A page of a partition, newest first; by the index of one status, or from the table itself. */
export async function pageOf(
  client: DynamoDBClient,
  query: {
    readonly table: string;
    readonly partition: string;
    readonly index?: typeof byStatusIndex;
    readonly limit: number;
    readonly after: string | null;
  },
): Promise<Page<Record<string, AttributeValue>>> {
  const { table, partition, index, limit, after } = query;
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ...(index ? { IndexName: index } : { ConsistentRead: true }),
      KeyConditionExpression: after === null ? '#list = :list' : '#list = :list AND sk < :after',
      ExpressionAttributeNames: { '#list': index ? 'status_key' : 'pk' },
      ExpressionAttributeValues: {
        ':list': { S: partition },
        ...(after === null ? {} : { ':after': { S: after } }),
      },
      ScanIndexForward: false,
      // One more than is shown tells whether there is a page behind it.
      Limit: limit + 1,
    }),
  );
  const items = Items.slice(0, limit);
  return { items, next: Items.length > limit ? (items.at(-1)?.sk?.S ?? null) : null };
}
