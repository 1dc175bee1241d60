import { startingEvents } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-start-saga',
  trigger: {
    kind: 'stream',
    table: 'payments',
    filters: [
      {
        eventName: ['INSERT'],
        dynamodb: { NewImage: { type: { S: [...startingEvents] } } },
      },
    ],
    batchSize: 100,
    batchingWindowMs: 0,
  },
  timeoutMs: 30_000,
  starts: true,
});
