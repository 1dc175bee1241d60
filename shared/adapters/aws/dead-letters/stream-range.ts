import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { positionOf } from '../../../domain/ledger/fold/sequence.ts';
import type { ReadStreamRange, StreamRecord } from '../../../ports/dead-letters.ts';
import { lambdaRecord } from './record.ts';

/** The stream has cut the records off, or the whole shard, or is a stream of a table before this one. */
const gone = new Set(['TrimmedDataAccessException', 'ResourceNotFoundException']);

/** So many in a row, and the end of an open shard is reached. */
const emptyPages = 20;

/** Reads a range back from a table's stream, which keeps its records for 24 hours. */
export function dynamoStreamRange(client: DynamoDBStreamsClient): ReadStreamRange {
  return async ({ streamArn, shardId, firstSequence, lastSequence }) => {
    const last = positionOf(lastSequence);
    const records: StreamRecord[] = [];
    try {
      let { ShardIterator: iterator } = await client.send(
        new GetShardIteratorCommand({
          StreamArn: streamArn,
          ShardId: shardId,
          ShardIteratorType: 'AT_SEQUENCE_NUMBER',
          SequenceNumber: firstSequence,
        }),
      );
      // A page can be empty and the next one not, so a few of them are no end.
      for (let empty = 0; iterator !== undefined && empty < emptyPages; ) {
        const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
        const found = (page.Records ?? []).map((record) => ({
          sequence: record.dynamodb?.SequenceNumber ?? '',
          record: lambdaRecord(record, streamArn),
        }));
        records.push(...found.filter(({ sequence }) => positionOf(sequence) <= last));
        if (found.some(({ sequence }) => positionOf(sequence) >= last)) {
          return records;
        }
        empty = found.length > 0 ? 0 : empty + 1;
        iterator = page.NextShardIterator;
      }
    } catch (error) {
      if (error instanceof Error && gone.has(error.name)) {
        return 'trimmed';
      }
      throw error;
    }
    throw new Error(`the shard ${shardId} ends before ${lastSequence}`);
  };
}
