import { describe } from 'vitest';
import { dynamoCustomerKeys } from '../../../shared/adapters/personal-data/dynamo-customer-keys.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { vaultConforms } from './vault.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  vaultConforms('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['customers']);
    return { keys: dynamoCustomerKeys(client, names.customers), close: drop };
  });
});
