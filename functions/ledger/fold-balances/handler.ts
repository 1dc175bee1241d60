import { dynamoBooks } from '../../../shared/adapters/dynamo/books.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { transferOf } from '../../../shared/adapters/dynamo/ledger-items.ts';
import { count, logger, observed } from '../../../shared/runtime/observability.ts';
import { foldBalances } from './fold-balances.ts';
import type { TimeWindowEvent, TimeWindowResponse } from './window.ts';
import { shardOf, windowResponse } from './window.ts';

const fold = foldBalances(dynamoBooks(dynamo(), tableName('books')).fold);

export const handler = observed<TimeWindowEvent, TimeWindowResponse>(async (event) => {
  const records = (event.Records ?? []).map(({ dynamodb }) => ({
    sequence: dynamodb?.SequenceNumber ?? '',
    transfer: () => transferOf(dynamodb?.NewImage),
  }));
  if (records.length === 0) {
    return windowResponse();
  }
  const shardId = shardOf(event, process.env.STREAM_SHARD_FALLBACK);
  const { folded, failed } = await fold(records, shardId);
  count('TransfersFolded', folded);
  if (failed === null) {
    return windowResponse();
  }
  const { index, error } = failed;
  const sequence = records[index]?.sequence ?? '';
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  logger.warn('stopped in the batch', { done: index, of: records.length, sequence, reason });
  if (index === 0) {
    // Lambda bisects a batch on an error for sure; on a report of its first record it need not.
    throw error;
  }
  return windowResponse(sequence);
});
