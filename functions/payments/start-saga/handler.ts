import { stepFunctionsSagas } from '../../../shared/adapters/aws/saga-starter.ts';
import { eventStreamHandler } from '../../../shared/adapters/dynamo/payments/event-stream.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { logger } from '../../../shared/runtime/observability.ts';
import { startSagas } from './start-saga.ts';

const start = startSagas(stepFunctionsSagas(JSON.parse(setting('SAGA_ARNS'))));

export const handler = eventStreamHandler(async (events) => {
  const result = await start(events);
  const started = events.slice(0, result.done);
  logger.info('sagas started', {
    subjects: started.map(({ subject }) => subject),
    correlation_ids: started.map(({ correlation_id }) => correlation_id),
  });
  return result;
});
