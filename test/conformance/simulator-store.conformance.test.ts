import { describe } from 'vitest';
import { dynamoSimulatorStore } from '../../shared/adapters/simulator-store/dynamo.ts';
import { createTables } from '../support/deployed/dynamo-tables.ts';
import { simulatorStoreConformance } from './simulator-store.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  simulatorStoreConformance('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['simulator']);
    return { store: dynamoSimulatorStore(client, names.simulator), close: drop };
  });
});
