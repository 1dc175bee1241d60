import { functionSpec } from '../../../shared/runtime/function-spec.ts';

/**
 * The window is not for its aggregation: Lambda names the shard of a batch only to a function that
 * has one, and exactly-once folding is by shard. It delays nothing; at its end there is one call
 * more, without records. Batches of one shard must come one after the other (a parallelization
 * factor of 1, the default): a position says nothing about what is still in flight before it.
 *
 * A record that cannot be read fails until the mapping's retries are spent, and then lies in the
 * on-failure queue, so it does not hold up its shard for ever; bisecting parts it from its
 * neighbours. What was given up that way is not in the balances until it is redriven.
 */
export const spec = functionSpec({
  name: 'ledger-fold-balances',
  trigger: {
    kind: 'stream',
    table: 'ledger',
    filters: [
      { eventName: ['INSERT'], dynamodb: { NewImage: { pk: { S: [{ prefix: 'TRANSFER#' }] } } } },
    ],
    batchSize: 100,
    batchingWindowMs: 0,
    tumblingWindowMs: 1_000,
  },
  timeoutMs: 30_000,
  tables: { books: ['GetItem', 'PutItem', 'UpdateItem', 'Query'] },
});
