import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { bookKey } from '../../../shared/adapters/dynamo/ledger/books/book-keys.ts';
import { transferOf } from '../../../shared/adapters/dynamo/ledger/transfer-item.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Dice } from '../plan/dice.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';
import { auditSourcesOf } from '../stack/looks.ts';

/** A record as Lambda gives it to a function. */
export type StreamRecord = DynamoDBRecord;

interface Shard {
  readonly shardId: string;
  /** From the oldest that the stream still had, the insertions only. */
  readonly records: readonly StreamRecord[];
}

/** Reads a stream from its beginning, and each time what has come since. */
export type ReadStream = () => Promise<Shard>;

/** The reader of a table's stream: of its last shard, as a run is shorter than a shard. */
export function streamReader({ aws, output }: ChaosStack, table: string): ReadStream {
  const records: StreamRecord[] = [];
  let shardId = '';
  let iterator: string | undefined;
  const open = async () => {
    const { Streams = [] } = await aws.streams.send(
      new ListStreamsCommand({ TableName: output(table) }),
    );
    const StreamArn = Streams[0]?.StreamArn;
    const { StreamDescription } = await aws.streams.send(new DescribeStreamCommand({ StreamArn }));
    shardId = StreamDescription?.Shards?.at(-1)?.ShardId ?? '';
    const { ShardIterator } = await aws.streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: shardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    return ShardIterator;
  };
  return async () => {
    iterator ??= await open();
    for (let found = 1; found > 0 && iterator !== undefined; ) {
      const page = await aws.streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
      const all = (page.Records ?? []) as unknown as StreamRecord[];
      records.push(...all.filter(({ eventName }) => eventName === 'INSERT'));
      iterator = page.NextShardIterator;
      found = all.length;
    }
    return { shardId, records };
  };
}

/**
 * A batch of one book that the fold has taken already, as Lambda delivers it again; null when there is
 * none. What is still on its way is not in it: Lambda delivers nothing before its turn.
 */
export async function foldedRecords(
  stack: ChaosStack,
  readLedger: ReadStream,
  die: Dice,
  { key, size }: { readonly key: string; readonly size: number },
) {
  const { shardId, records } = await readLedger();
  const transfers = records.flatMap((record) => {
    const image = record.dynamodb?.NewImage as Parameters<typeof transferOf>[0];
    const isTransfer = record.dynamodb?.Keys?.pk?.S?.startsWith('TRANSFER#');
    return image && isTransfer ? [{ record, transfer: transferOf(image) }] : [];
  });
  if (transfers.length === 0) {
    return null;
  }
  const { transfer } = die.pick(`${key} book`, transfers);
  const { tenant, currency } = transfer;
  if (!(await knowsShard(stack, { tenant, currency, shardId }))) {
    return null;
  }
  const folded = new Set<string>();
  for await (const link of auditSourcesOf(stack).ledger.chain(tenant, currency)) {
    for (const { id } of link.transfers) {
      folded.add(id);
    }
  }
  const own = transfers.filter(
    (one) =>
      one.transfer.tenant === tenant &&
      one.transfer.currency === currency &&
      folded.has(one.transfer.id),
  );
  const first = die.integer(`${key} first`, 0, Math.max(0, own.length - 1));
  const Records = own.slice(first, first + size).map(({ record }) => record);
  return Records.length > 0 ? { Records, shardId, isFinalInvokeForWindow: false, state: {} } : null;
}

/** True when a book keeps a position in a shard of this name: by another it would fold anew. */
async function knowsShard(
  { aws, output }: ChaosStack,
  {
    tenant,
    currency,
    shardId,
  }: { readonly tenant: string; readonly currency: Currency; readonly shardId: string },
): Promise<boolean> {
  const { Item } = await aws.dynamo.send(
    new GetItemCommand({ TableName: output('BooksTableName'), Key: bookKey({ tenant, currency }) }),
  );
  return shardId !== '' && JSON.stringify(Item ?? {}).includes(shardId);
}
