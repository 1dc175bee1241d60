import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from './launch.ts';
import { Emulator, until } from './testing/emulator.ts';

// Logs each event, counts in the window's state, and fails on the keys that say so.
const consumer = `
  export const handler = async (event) => {
    const keys = event.Records.map((record) => record.dynamodb.Keys.k.S);
    const { Records, ...rest } = event;
    console.log('EVENT ' + JSON.stringify({ keys, ...rest }));
    if (keys.includes('throws')) throw new Error('poison');
    const failed = event.Records.find((record) => record.dynamodb.Keys.k.S === 'fails');
    return {
      state: { count: (event.state?.count ?? 0) + keys.length },
      batchItemFailures: failed ? [{ itemIdentifier: failed.dynamodb.SequenceNumber }] : [],
    };
  };`;

interface Seen {
  keys: string[];
  shardId?: string;
  window?: { start: string; end: string };
  state?: { count?: number };
  isFinalInvokeForWindow?: boolean;
}

describe('stream mappings', { timeout: 60_000 }, () => {
  let stateDir: string;
  let localStack: LocalStack;
  let emulator: Emulator;
  let table: DynamoDBClient;
  let queues: SQSClient;

  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'paysaga-streams-'));
    localStack = await startLocalStack({ stateDir });
    emulator = new Emulator(localStack.endpoint);
    const client = {
      endpoint: localStack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    table = new DynamoDBClient(client);
    queues = new SQSClient(client);
  }, 120_000);

  afterAll(async () => {
    table?.destroy();
    queues?.destroy();
    await localStack?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  async function mapped(name: string, settings: Record<string, unknown>) {
    await table.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
    const { Table } = await table.send(new DescribeTableCommand({ TableName: name }));
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: `${name}-dead` }));
    const { Attributes } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    await emulator.createFunction(name, consumer);
    const mapping = await emulator.mapStream({
      EventSourceArn: Table?.LatestStreamArn,
      FunctionName: name,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      MaximumRetryAttempts: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: Attributes?.QueueArn } },
      ...settings,
    });
    const put = (...keys: string[]) =>
      table.send(
        new TransactWriteItemsCommand({
          TransactItems: keys.map((k) => ({ Put: { TableName: name, Item: { k: { S: k } } } })),
        }),
      );
    const seen = async (): Promise<Seen[]> =>
      (await emulator.logOf(name))
        .filter((line) => line.includes('EVENT '))
        .map((line) => JSON.parse(line.slice(line.indexOf('EVENT ') + 6)) as Seen);
    const deadLetter = async () => {
      const { Messages } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }),
      );
      return Messages?.[0]?.Body === undefined ? undefined : JSON.parse(Messages[0].Body);
    };
    return { mapping, put, seen, deadLetter };
  }

  it('gives the shard and the window at the top of the event, and the state from batch to batch', async () => {
    const { mapping, put, seen } = await mapped('windowed', { TumblingWindowInSeconds: 2 });
    expect(mapping).toMatchObject({ TumblingWindowInSeconds: 2, MaximumRetryAttempts: 1 });
    await put('a', 'b');
    await put('c');
    const final = async () => (await seen()).find((event) => event.isFinalInvokeForWindow);
    await until(async () => (await final()) !== undefined, 'the end of the window');
    const [first] = await seen();
    expect(first?.shardId).toMatch(/^shardId-/);
    expect(first?.window?.start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((await final())?.keys).toEqual([]);
    expect((await final())?.shardId).toBe(first?.shardId);
    const counted = async () =>
      (await seen())
        .filter((event) => event.isFinalInvokeForWindow)
        .reduce((sum, event) => sum + (event.state?.count ?? 0), 0);
    await until(async () => (await counted()) === 3, 'all three records to be counted');
  });

  it('gives neither without a window, as on AWS', async () => {
    const { put, seen } = await mapped('plain', {});
    await put('a');
    await until(async () => (await seen()).length > 0, 'the record');
    expect(Object.keys((await seen())[0] ?? {})).toEqual(['keys']);
  });

  it('delivers what was written within a second, though it hardly asks while nothing is', async () => {
    const { put, seen } = await mapped('prompt', {});
    await put('warm');
    await until(async () => (await seen()).length > 0, 'the first record');
    for (const key of ['x', 'y', 'z']) {
      await put(key);
      const arrived = async () => (await seen()).some(({ keys }) => keys.includes(key));
      await until(arrived, `${key} to arrive`, 5000);
    }
  });

  it('bisects a batch until only the poison is left, and sends its position to the queue', async () => {
    const { put, seen, deadLetter } = await mapped('bisected', {
      BisectBatchOnFunctionError: true,
    });
    await put('a', 'b', 'throws', 'c', 'd');
    const message = await deadLetter();
    expect(message).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    const passed = async () =>
      (await seen()).filter(({ keys }) => !keys.includes('throws')).flatMap(({ keys }) => keys);
    await until(async () => (await passed()).length === 4, 'its neighbours to pass');
    expect((await passed()).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('tries again from the first record that is reported as failed', async () => {
    const { put, seen, deadLetter } = await mapped('partial', {});
    await put('a', 'fails');
    expect((await deadLetter())?.DDBStreamBatchInfo.batchSize).toBeGreaterThanOrEqual(1);
    const batches = (await seen()).map(({ keys }) => keys);
    expect(batches[0]).toContain('fails');
    expect(batches.at(-1)?.[0]).toBe('fails');
    await table.send(new PutItemCommand({ TableName: 'partial', Item: { k: { S: 'after' } } }));
    const after = async () => (await seen()).some(({ keys }) => keys.includes('after'));
    await until(after, 'the stream to go on');
  });
});
