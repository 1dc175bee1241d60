import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { sqsNotices } from '../../../shared/adapters/aws/notice-queue.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { dynamoSimulatorStore } from '../../../shared/adapters/simulator-store/dynamo.ts';
import { dynamoScriptStore } from '../../../shared/adapters/simulator-store/dynamo-scripts.ts';
import { dynamoWebhookStore } from '../../../shared/adapters/simulator-store/dynamo-webhooks.ts';
import type { SimulatorPsp } from '../../../shared/contracts/simulator/common.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { gatewayHandler } from '../gateway.ts';
import { createSimulatorApi } from './api.ts';

const table = tableName('simulator');
const pspOf = (psp: SimulatorPsp) => ({
  store: dynamoSimulatorStore(dynamo(), table, psp),
  scripts: dynamoScriptStore(dynamo(), table, psp, randomUUID),
  webhooks: dynamoWebhookStore(dynamo(), table, psp),
});

const api = createSimulatorApi({
  psps: { simulator: pspOf('simulator'), 'simulator-b': pspOf('simulator-b') },
  sendNotice: sqsNotices(setting('SIMULATOR_WEBHOOKS_QUEUE_URL')),
  newId: randomUUID,
  now: () => new Date(),
  delay,
  stallMs: Number(setting('SIMULATOR_STALL_MS')),
});

export const handler = observed<APIGatewayProxyEvent, APIGatewayProxyResult>(gatewayHandler(api));
