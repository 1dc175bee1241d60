import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { NoticeKey, SeenNotices } from '../../ports/webhooks/seen-notices.ts';

/**
 * Marks in the table `providers`: `NOTICE#<provider>#<id> / SEEN`, with `until_ms`. DynamoDB deletes
 * one by its `expires_at`, in seconds, when it comes to it: up to days late, so it is not asked by that.
 */
export function dynamoSeenNotices(client: DynamoDBClient, table: string): SeenNotices {
  return {
    has: async (notice, nowMs) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(notice) }),
      );
      return Number(Item?.until_ms?.N ?? 0) > nowMs;
    },
    mark: async (notice, untilMs) => {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            ...keyOf(notice),
            until_ms: { N: String(untilMs) },
            expires_at: { N: String(Math.ceil(untilMs / 1_000)) },
          },
        }),
      );
    },
  };
}

/** No provider's name has a `#` in it. */
function keyOf({ provider, id }: NoticeKey) {
  return { pk: { S: `NOTICE#${provider}#${id}` }, sk: { S: 'SEEN' } };
}
