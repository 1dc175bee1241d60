import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { dynamoSimulatorStore } from '../../../shared/adapters/simulator-store/dynamo.ts';
import { dynamoScriptStore } from '../../../shared/adapters/simulator-store/dynamo-scripts.ts';
import { dynamoSettlementStore } from '../../../shared/adapters/simulator-store/dynamo-settlements.ts';
import { dynamoWebhookStore } from '../../../shared/adapters/simulator-store/dynamo-webhooks.ts';
import type { SimulatorPsp } from '../../../shared/contracts/simulator/common.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { simulatorOperationsConformance } from './operations.suite.ts';
import { simulatorScriptsConformance } from './scripts.suite.ts';
import { simulatorSettlementsConformance } from './settlements.suite.ts';
import { simulatorWebhooksConformance } from './webhooks.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function open() {
  const { client, names, drop } = await createTables(endpoint as string, ['simulator']);
  const of = (psp: SimulatorPsp) => ({
    store: dynamoSimulatorStore(client, names.simulator, psp),
    scripts: dynamoScriptStore(client, names.simulator, psp, randomUUID),
    settlements: dynamoSettlementStore(client, names.simulator, psp),
    webhooks: dynamoWebhookStore(client, names.simulator, psp),
  });
  return { ...of('simulator'), other: of('simulator-b'), close: drop };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  simulatorOperationsConformance('DynamoDB', open);
  simulatorSettlementsConformance('DynamoDB', open);
  simulatorScriptsConformance('DynamoDB', open);
  simulatorWebhooksConformance('DynamoDB', open);
});
