import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armedFaults, armFault, type FaultPoint } from '../faults.ts';
import { repository } from '../install/toolchain.mjs';
import { type LocalStack, startLocalStack } from './launch.ts';
import { Emulator, until } from './testing/emulator.ts';
import { accepts, groupArguments } from './testing/processes.ts';

const probe = `
  import { createRequire } from 'node:module';
  const require = createRequire(${JSON.stringify(join(repository, 'package.json'))});
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  const startedAt = Date.now();
  export const handler = async (event) => {
    if (event.log) console.log(event.log);
    if (event.fail) throw Object.assign(new Error('refused'), { name: event.fail });
    if (event.exit) process.exit(event.exit);
    if (event.waitMs) await new Promise((resolve) => setTimeout(resolve, event.waitMs));
    if (event.put) await client.send(
      new PutItemCommand({ TableName: 'probe', Item: { k: { S: event.put } } }));
    return { pid: process.pid, startedAt, secret: process.env.SECRET, home: process.env.AWS_PROFILE };
  };`;

describe('functions in node processes', { timeout: 60_000 }, () => {
  let stateDir: string;
  let localStack: LocalStack;
  let emulator: Emulator;
  let table: DynamoDBClient;

  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'paysaga-executor-'));
    process.env.AWS_PROFILE = 'somebody';
    localStack = await startLocalStack({ stateDir });
    delete process.env.AWS_PROFILE;
    emulator = new Emulator(localStack.endpoint);
    table = new DynamoDBClient({
      endpoint: localStack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await table.send(
      new CreateTableCommand({
        TableName: 'probe',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
      }),
    );
    await emulator.createFunction('probe', probe, { timeoutS: 2, variables: { SECRET: 'mine' } });
    await emulator.createFunction('other', probe);
    await emulator.createFunction('slow', probe, { timeoutS: 20 });
  }, 120_000);

  afterAll(async () => {
    table?.destroy();
    await localStack?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it('keeps the name of a thrown error, on which Catch and Retry decide', async () => {
    const { functionError, payload } = await emulator.invoke('probe', { fail: 'Declined' });
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'Declined', errorMessage: 'refused' });
  });

  it('uses a warm process again, and another one while that stays busy', async () => {
    const first = await emulator.invoke('probe');
    const second = await emulator.invoke('probe');
    expect(second.payload.pid).toBe(first.payload.pid);
    // Longer than an invocation waits for a warm process before it asks for one of its own.
    const both = await Promise.all([
      emulator.invoke('slow', { waitMs: 5_000 }),
      emulator.invoke('slow', { waitMs: 5_000 }),
    ]);
    expect(new Set(both.map(({ payload }) => payload.pid)).size).toBe(2);
  });

  it('gives each function its own environment, and none of the caller’s', async () => {
    const [mine, other] = await Promise.all([emulator.invoke('probe'), emulator.invoke('other')]);
    expect(mine.payload.secret).toBe('mine');
    expect(other.payload.secret).toBeUndefined();
    expect(mine.payload.home).toBeUndefined();
  });

  it('ends a function at its timeout, and starts it anew', async () => {
    const { payload } = await emulator.invoke('probe', { waitMs: 60_000 });
    expect(payload.errorType).toBe('Sandbox.Timedout');
    expect(payload.errorMessage).toMatch(/Task timed out after 2\.00 seconds$/);
    expect((await emulator.invoke('probe')).payload.pid).toBeGreaterThan(0);
  });

  it('reports a process that ends, and starts another at the next invocation', async () => {
    const before = await emulator.invoke('probe');
    const { payload } = await emulator.invoke('probe', { exit: 7 });
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toMatch(/Runtime exited with error: exit status 7$/);
    const after = await emulator.invoke('probe');
    expect(after.functionError).toBeNull();
    expect(after.payload.pid).not.toBe(before.payload.pid);
  });

  it('puts what a function logs into CloudWatch, even when it then ends', async () => {
    await emulator.invoke('other', { log: 'a line of mine' });
    await emulator.invoke('other', { log: 'last words', exit: 1 });
    const logged = async (text: string) =>
      (await emulator.logOf('other')).some((line) => line.includes(text));
    await until(() => logged('a line of mine'), 'the log of an invocation');
    await until(() => logged('last words'), 'the log of a process that ended');
  });

  it.each<[FaultPoint, boolean]>([
    ['before-write', false],
    ['after-write', true],
  ])('ends the process %s when a fault is armed', async (at, written) => {
    armFault({ stateDir, functionKey: 'probe', at });
    const { payload } = await emulator.invoke('probe', { put: at });
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(armedFaults(stateDir)).toEqual([]);
    const { Item } = await table.send(
      new GetItemCommand({ TableName: 'probe', Key: { k: { S: at } } }),
    );
    expect(Item !== undefined).toBe(written);
    expect((await emulator.invoke('probe', { put: at })).functionError).toBeNull();
  });

  it('listens on loopback alone, as does DynamoDB Local', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    const dynamodb = groupArguments(localStack.pid)
      .map((line) => /dynamodb_local (\d+)/.exec(line)?.[1])
      .find((port) => port !== undefined);
    for (const port of [new URL(localStack.endpoint).port, dynamodb]) {
      expect(await accepts('127.0.0.1', Number(port))).toBe(true);
      for (const { address } of outside) expect(await accepts(address, Number(port))).toBe(false);
    }
  });

  it('serves thirty invocations at once without an error', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, i) => emulator.invoke('other', { put: `many-${i}` })),
    );
    expect(all.filter(({ functionError, status }) => functionError || status !== 200)).toEqual([]);
  });

  it('takes a write of many at once to DynamoDB', async () => {
    const writes = Array.from({ length: 200 }, (_, i) =>
      table.send(new PutItemCommand({ TableName: 'probe', Item: { k: { S: `item-${i}` } } })),
    );
    expect(
      (await Promise.allSettled(writes)).filter(({ status }) => status === 'rejected'),
    ).toEqual([]);
  });
});
