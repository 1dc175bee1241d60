import { stepFunctionsSaga } from '../../../shared/adapters/aws/saga-starter.ts';
import { eventStreamHandler } from '../../../shared/adapters/dynamo/event-stream.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { startSagas } from './start-saga.ts';

export const handler = eventStreamHandler(
  startSagas(stepFunctionsSaga(setting('PAYMENT_SAGA_ARN'))),
);
