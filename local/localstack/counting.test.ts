import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Line } from '../../test/cost/count/lines.ts';
import { modernNode, repository } from '../install/toolchain.mjs';
import { countDir } from './settings.ts';

const payment = '16f970e2-5366-8ebe-84d2-8e5e194e4159';
/** What the function does: it logs, writes, and answers with what DynamoDB answered. */
const handler = `
  import { createRequire } from 'node:module';
  const require = createRequire(${JSON.stringify(join(repository, 'package.json'))});
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({ region: 'us-east-1', maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, endpoint: process.env.ENDPOINT });
  export const handler = async ({ id }) => {
    process.stdout.write('twelve bytes\\n');
    const { ConsumedCapacity } = await client.send(new PutItemCommand({
      TableName: 'payments', Item: { pk: { S: 'PAYMENT#' + id }, sk: { S: 'STATE' } } }));
    return ConsumedCapacity ?? null;
  }`;

let folder: string;
let server: Server;
let bodies: unknown[];
let refuses: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paysaga-counting-'));
  writeFileSync(join(folder, 'index.mjs'), handler);
  bodies = [];
  refuses = false;
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    bodies.push(JSON.parse(text));
    response.writeHead(refuses ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    const consumed = { TableName: 'payments', Table: { CapacityUnits: 1 } };
    const by_due = { CapacityUnits: 2 };
    response.end(
      JSON.stringify(
        refuses
          ? { __type: 'ConditionalCheckFailedException' }
          : { ConsumedCapacity: { ...consumed, GlobalSecondaryIndexes: { by_due } } },
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Invokes the function once in a process of its own. @returns what it answered */
async function invoke(): Promise<unknown> {
  const child = spawn(modernNode(), [join(import.meta.dirname, 'runtime', 'bootstrap.mjs')], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: {
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: 'index.handler',
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      PAYSAGA_REQUEST_FD: '3',
      PAYSAGA_RESULT_FD: '4',
      PAYSAGA_COUNT_DIR: countDir(folder),
      ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
  });
  const answers = createInterface({ input: child.stdio[4] as Readable })[Symbol.asyncIterator]();
  const requests = child.stdio[3] as Writable;
  await answers.next();
  const deadline = Date.now() + 10_000;
  const event = JSON.stringify({ id: payment });
  requests.write(`${JSON.stringify({ id: 'r', arn: 'a', trace: '', deadline, event })}\n`);
  const { value } = await answers.next();
  const ended = once(child, 'exit');
  requests.end();
  await ended;
  return JSON.parse(value as string);
}

function lines(): Line[] {
  return readdirSync(countDir(folder)).map((file) =>
    JSON.parse(readFileSync(join(countDir(folder), file), 'utf8')),
  );
}

it('counts an invocation: its time, its log, and each call with what it consumed', async () => {
  mkdirSync(countDir(folder));
  await invoke();
  expect(bodies).toEqual([expect.objectContaining({ ReturnConsumedCapacity: 'INDEXES' })]);
  const [line] = lines();
  expect(line).toMatchObject({
    function: 'probe',
    log_bytes: 13,
    log_lines: 1,
    ids: [payment],
    error: null,
    outside_calls: 0,
  });
  expect(line?.init_ms).toBeGreaterThan(0);
  expect(line?.ms).toBeGreaterThan(0);
  expect(line?.calls).toMatchObject([
    {
      service: 'dynamodb',
      operation: 'PutItem',
      status: 200,
      units: [
        { table: 'payments', index: null, read: 0, write: 1 },
        { table: 'payments', index: 'by_due', read: 0, write: 2 },
      ],
      items: [{ act: 'PutItem', table: 'payments', pk: `PAYMENT#${payment}`, bytes: 53 }],
    },
  ]);
});

it('counts what a refused write would have put', async () => {
  mkdirSync(countDir(folder));
  refuses = true;
  expect(await invoke()).toMatchObject({ error: { errorType: 'ConditionalCheckFailedException' } });
  const [line] = lines();
  expect(line?.error).toBe('ConditionalCheckFailedException');
  expect(line?.calls[0]?.units).toEqual([{ table: 'payments', index: null, read: 0, write: 1 }]);
});

it('lets an invocation end as it would where counting has ended before it', async () => {
  mkdirSync(countDir(folder));
  server.prependListener('request', () => rmSync(countDir(folder), { recursive: true }));
  const { payload } = (await invoke()) as { payload: string };
  expect(JSON.parse(payload)).toMatchObject({ TableName: 'payments' });
  expect(existsSync(countDir(folder))).toBe(false);
});

it('leaves everything as it is while nobody counts', async () => {
  await invoke();
  expect(bodies).toEqual([expect.not.objectContaining({ ReturnConsumedCapacity: 'INDEXES' })]);
  expect(existsSync(countDir(folder))).toBe(false);
});
