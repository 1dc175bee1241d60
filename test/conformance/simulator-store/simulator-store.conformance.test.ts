import { describe } from 'vitest';
import { dynamoSimulatorStore } from '../../../shared/adapters/simulator-store/dynamo.ts';
import { dynamoSettlementStore } from '../../../shared/adapters/simulator-store/dynamo-settlements.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { simulatorOperationsConformance } from './operations.suite.ts';
import { simulatorSettlementsConformance } from './settlements.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function open() {
  const { client, names, drop } = await createTables(endpoint as string, ['simulator']);
  return {
    store: dynamoSimulatorStore(client, names.simulator),
    settlements: dynamoSettlementStore(client, names.simulator),
    close: drop,
  };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  simulatorOperationsConformance('DynamoDB', open);
  simulatorSettlementsConformance('DynamoDB', open);
});
