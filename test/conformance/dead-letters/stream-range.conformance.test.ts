import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { describe } from 'vitest';
import { dynamoStreamRange } from '../../../shared/adapters/aws/dead-letters/stream-range.ts';
import { dynamoWriteTransfers } from '../../../shared/adapters/dynamo/ledger/write-transfers.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { until } from '../../support/deployed/until.ts';
import { streamRangeConforms } from './stream-range.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  streamRangeConforms('DynamoDB', async (transfers) => {
    const { client, names, drop } = await createTables(endpoint as string, ['ledger']);
    const write = dynamoWriteTransfers(client, names.ledger);
    for (const transfer of transfers) {
      await write([transfer]);
    }
    const streams = new DynamoDBStreamsClient({
      endpoint: endpoint as string,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: names.ledger }));
    const streamArn = Table?.LatestStreamArn ?? '';
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: streamArn }),
    );
    const shardId = StreamDescription?.Shards?.[0]?.ShardId ?? '';
    const sequences = await until('the records', async () => {
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({
          StreamArn: streamArn,
          ShardId: shardId,
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      );
      const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
      return Records.length === transfers.length
        ? Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '')
        : null;
    });
    return {
      read: dynamoStreamRange(streams),
      streamArn,
      shardId,
      sequences,
      close: async () => {
        streams.destroy();
        await drop();
      },
    };
  });
});
