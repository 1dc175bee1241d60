import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SimulatorPsp } from '../../contracts/simulator/common.ts';
import type { WebhookStore } from '../../ports/simulator-store.ts';
import { dataOf, get, key, partitionsOf, withData } from './items.ts';

/** Where one PSP of the simulator posts its notices, on DynamoDB. */
export function dynamoWebhookStore(
  client: DynamoDBClient,
  table: string,
  psp: SimulatorPsp,
): WebhookStore {
  const itemKey = key(partitionsOf(psp)('WEBHOOKS'), 'ENDPOINT');
  return {
    get: async () => {
      const item = await get(client, table, itemKey);
      return item ? dataOf(item) : null;
    },
    put: async (endpoint) => {
      const Item = { ...itemKey, ...withData(endpoint) };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
  };
}
