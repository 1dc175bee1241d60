import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { dynamoSimulatorStore } from '../../../shared/adapters/simulator-store/dynamo.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { createSimulatorApi } from './api.ts';
import { gatewayHandler } from './gateway.ts';

const api = createSimulatorApi({
  store: dynamoSimulatorStore(dynamo(), tableName('simulator')),
  newId: randomUUID,
  delay,
  stallMs: Number(setting('SIMULATOR_STALL_MS')),
});

export const handler = observed<APIGatewayProxyEvent, APIGatewayProxyResult>(gatewayHandler(api));
