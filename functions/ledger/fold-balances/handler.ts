import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoBooks } from '../../../shared/adapters/dynamo/ledger/books.ts';
import { transferOf } from '../../../shared/adapters/dynamo/ledger/transfer-item.ts';
import { stoppedAt } from '../../../shared/runtime/consumers/stream.ts';
import { count, observed } from '../../../shared/runtime/observability.ts';
import { foldBalances } from './fold-balances.ts';
import type { TimeWindowEvent, TimeWindowResponse } from './window.ts';
import { shardOf, windowResponse } from './window.ts';

const books = dynamoBooks(dynamo(), tableName('books'));
const fold = foldBalances(books.fold);
const foldRedriven = foldBalances(books.foldRedriven);

export const handler = observed<TimeWindowEvent, TimeWindowResponse>(async (event) => {
  const records = event.Records ?? [];
  if (records.length === 0) {
    return windowResponse();
  }
  const shardId = shardOf(event, process.env.STREAM_SHARD_FALLBACK);
  const { folded, failed } = await (event.redriven ? foldRedriven : fold)(
    records.map(({ dynamodb }) => ({
      sequence: dynamodb?.SequenceNumber ?? '',
      transfer: () => transferOf(dynamodb?.NewImage),
    })),
    shardId,
  );
  count('TransfersFolded', folded);
  return windowResponse(failed ? stoppedAt(records, failed.index, failed.error) : undefined);
});
