import { sagaNames, sagas } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-start-saga',
  trigger: {
    kind: 'stream',
    table: 'payments',
    filters: [
      {
        eventName: ['INSERT'],
        dynamodb: { NewImage: { type: { S: sagaNames.map((name) => sagas[name].startedBy) } } },
      },
    ],
    batchSize: 100,
    batchingWindowMs: 0,
  },
  timeoutMs: 30_000,
  starts: true,
});
