import { describe } from 'vitest';
import { dynamoPolicies } from '../../../shared/adapters/dynamo/access/policy-set.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { policiesConform } from './policies.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  policiesConform('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['access']);
    return { store: dynamoPolicies(client, names.access), close: drop };
  });
});
