import { describe } from 'vitest';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { dynamoWebhookEndpoints } from '../../../shared/adapters/dynamo/webhooks/endpoints.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { webhooksConform } from './webhooks.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  webhooksConform('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['webhooks']);
    return {
      endpoints: dynamoWebhookEndpoints(client, names.webhooks),
      deliveries: dynamoWebhookDeliveries(client, names.webhooks),
      close: drop,
    };
  });
});
