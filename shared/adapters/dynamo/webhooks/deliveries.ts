import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Delivery } from '../../../domain/webhook/delivery.ts';
import type { DeliveryKey, WebhookDeliveries } from '../../../ports/webhooks/webhooks.ts';
import { readItems } from '../read-items.ts';
import { putNew, putOver } from './put-over.ts';

type Item = Record<string, AttributeValue>;

/** By the last digit of an id, so that no one partition of the index has to take all of them. */
const dueShards = [0, 1, 2, 3] as const;

const prefix = 'DELIVERIES#';

/**
 * Webhook deliveries on DynamoDB, under ids that are ordered by the time of their events:
 *
 *     DELIVERIES#<tenant>#<endpoint>   <id>   the delivery as JSON, its version, and `expires_at`
 *
 * Both indexes have only keys: `by_status` those of an endpoint in one status, `by_due` those that
 * somebody has to look after, which are none of what has come to its end.
 */
export function dynamoWebhookDeliveries(client: DynamoDBClient, table: string): WebhookDeliveries {
  return {
    put: (delivery) => putNew(client, table, itemOf(delivery)),
    get: async (key) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }),
      );
      return Item ? deliveryOf(Item) : null;
    },
    write: (delivery) => putOver(client, table, itemOf(delivery), delivery.version - 1),
    list: async ({ tenant, endpointId, status, limit, after }) => {
      const partition = partitionOf(tenant, endpointId);
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          ...(status ? { IndexName: 'by_status' } : { ConsistentRead: true }),
          KeyConditionExpression:
            after === null ? '#list = :list' : '#list = :list AND sk < :after',
          ExpressionAttributeNames: { '#list': status ? 'status_key' : 'pk' },
          ExpressionAttributeValues: {
            ':list': { S: status ? `${partition}#${status}` : partition },
            ...(after === null ? {} : { ':after': { S: after } }),
          },
          ScanIndexForward: false,
          // One more than is shown tells whether there is a page behind it.
          Limit: limit + 1,
        }),
      );
      const page = Items.slice(0, limit);
      const items = status ? await ofIndex(client, table, page) : page.map(deliveryOf);
      // A page of more than 1 MB ends before its limit.
      const isMore = Items.length > limit || LastEvaluatedKey !== undefined;
      return { items, next: isMore ? (page.at(-1)?.sk?.S ?? null) : null };
    },
    due: async ({ at, limit }) => {
      const shards = await Promise.all(
        dueShards.map(async (shard) => {
          const { Items = [] } = await client.send(
            new QueryCommand({
              TableName: table,
              IndexName: 'by_due',
              KeyConditionExpression: 'due_key = :shard AND due_at <= :at',
              ExpressionAttributeValues: { ':shard': { S: `DUE#${shard}` }, ':at': { S: at } },
              Limit: limit,
            }),
          );
          return Items;
        }),
      );
      return shards
        .flat()
        .sort((a, b) => ((a.due_at?.S ?? '') < (b.due_at?.S ?? '') ? -1 : 1))
        .slice(0, limit)
        .map(deliveryKeyOf);
    },
  };
}

/** The deliveries of a page of the index, in its order, as they are by now. */
async function ofIndex(
  client: DynamoDBClient,
  table: string,
  page: readonly Item[],
): Promise<Delivery[]> {
  const keys = page.map(({ pk, sk }) => ({ pk, sk }) as Item);
  const items = await readItems(client, table, keys, ['data']);
  return items.map(deliveryOf).sort((a, b) => (a.id < b.id ? 1 : -1));
}

function partitionOf(tenant: string, endpointId: string): string {
  return `${prefix}${tenant}#${endpointId}`;
}

function keyOf({ tenant, endpointId, id }: DeliveryKey): Item {
  return { pk: { S: partitionOf(tenant, endpointId) }, sk: { S: id } };
}

function deliveryKeyOf({ pk, sk }: Readonly<Item>): DeliveryKey {
  const partition = pk?.S ?? '';
  const endpointAt = partition.lastIndexOf('#') + 1;
  return {
    tenant: partition.slice(prefix.length, endpointAt - 1),
    endpointId: partition.slice(endpointAt),
    id: sk?.S ?? '',
  };
}

function itemOf(delivery: Delivery): Item {
  const { tenant, endpointId, id, status, dueAt, expires, version } = delivery;
  const shard = Number.parseInt(id.at(-1) ?? '0', 16) % dueShards.length;
  return {
    ...keyOf(delivery),
    status_key: { S: `${partitionOf(tenant, endpointId)}#${status}` },
    ...(dueAt === null ? {} : { due_key: { S: `DUE#${shard}` }, due_at: { S: dueAt } }),
    expires_at: { N: String(Math.ceil(Date.parse(expires) / 1_000)) },
    version: { N: String(version) },
    data: { S: JSON.stringify(delivery) },
  };
}

function deliveryOf(item: Readonly<Item>): Delivery {
  return JSON.parse(item.data?.S as string) as Delivery;
}
