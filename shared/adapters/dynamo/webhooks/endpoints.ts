import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { maxEndpoints, type WebhookEndpoint } from '../../../domain/webhook/endpoint.ts';
import type { WebhookEndpoints } from '../../../ports/webhooks/webhooks.ts';
import { transact } from '../transact.ts';
import { putOver } from './put-over.ts';

type Item = Record<string, AttributeValue>;

const prefix = 'ENDPOINT#';

/**
 * Webhook endpoints on DynamoDB. Its secrets are in the clear in it, as signing needs them: the table
 * is encrypted at rest.
 *
 *     TENANT#<tenant>   ENDPOINT#<id>   the endpoint as JSON, and its version
 *     TENANT#<tenant>   ENDPOINTS       how many there are
 */
export function dynamoWebhookEndpoints(client: DynamoDBClient, table: string): WebhookEndpoints {
  return {
    create: async (endpoint) => {
      /*
       * Two come when there is room for one:
       *
       *     A  put A, count 19 -> 20 if it is below 20   ---- written
       *     B     put B, count 20 -> 21 if it is below 20   ---- refused: it is full
       */
      const hasRoom = 'attribute_not_exists(#number) OR #number < :most';
      const { kind } = await transact(client, [
        {
          Put: {
            TableName: table,
            Item: itemOf(endpoint),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        {
          Update: {
            TableName: table,
            Key: countKey(endpoint.tenant),
            UpdateExpression: 'ADD #number :one',
            ConditionExpression: hasRoom,
            ExpressionAttributeNames: { '#number': 'number' },
            ExpressionAttributeValues: { ':one': { N: '1' }, ':most': { N: String(maxEndpoints) } },
          },
        },
      ]);
      return kind === 'written' ? 'written' : 'full';
    },
    get: async (tenant, id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(tenant, id), ConsistentRead: true }),
      );
      return Item ? endpointOf(Item) : null;
    },
    list: async (tenant) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :tenant AND begins_with(sk, :endpoint)',
          ExpressionAttributeValues: {
            ':tenant': { S: partitionOf(tenant) },
            ':endpoint': { S: prefix },
          },
          // The ids are ordered by time.
          ScanIndexForward: false,
        }),
      );
      return Items.map(endpointOf);
    },
    write: (endpoint) => putOver(client, table, itemOf(endpoint), endpoint.version - 1),
    remove: async (tenant, id) => {
      const isThere = 'attribute_exists(pk)';
      const { kind } = await transact(client, [
        { Delete: { TableName: table, Key: keyOf(tenant, id), ConditionExpression: isThere } },
        {
          Update: {
            TableName: table,
            Key: countKey(tenant),
            UpdateExpression: 'ADD #number :less',
            ExpressionAttributeNames: { '#number': 'number' },
            ExpressionAttributeValues: { ':less': { N: '-1' } },
          },
        },
      ]);
      return kind === 'written';
    },
  };
}

function partitionOf(tenant: string): string {
  return `TENANT#${tenant}`;
}

function keyOf(tenant: string, id: string): Item {
  return { pk: { S: partitionOf(tenant) }, sk: { S: `${prefix}${id}` } };
}

function countKey(tenant: string): Item {
  return { pk: { S: partitionOf(tenant) }, sk: { S: 'ENDPOINTS' } };
}

function itemOf(endpoint: WebhookEndpoint): Item {
  return {
    ...keyOf(endpoint.tenant, endpoint.id),
    version: { N: String(endpoint.version) },
    data: { S: JSON.stringify(endpoint) },
  };
}

function endpointOf(item: Readonly<Item>): WebhookEndpoint {
  return JSON.parse(item.data?.S as string) as WebhookEndpoint;
}
