import { stepFunctionsSagas } from '../../../shared/adapters/aws/saga-starter.ts';
import { eventStreamHandler } from '../../../shared/adapters/dynamo/payments/event-stream.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { startSagas } from './start-saga.ts';

export const handler = eventStreamHandler(
  startSagas(stepFunctionsSagas(JSON.parse(setting('SAGA_ARNS')))),
);
