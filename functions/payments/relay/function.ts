import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-relay',
  trigger: {
    kind: 'stream',
    table: 'payments',
    filters: [
      { eventName: ['INSERT'], dynamodb: { NewImage: { sk: { S: [{ prefix: 'EVENT#' }] } } } },
    ],
    batchSize: 100,
    batchingWindowMs: 0,
  },
  timeoutMs: 30_000,
  publishes: true,
});
