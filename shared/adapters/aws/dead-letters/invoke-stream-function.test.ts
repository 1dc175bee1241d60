import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '../../../../test/support/dead-letters/letters.ts';
import { lambdaStreamFunction } from './invoke-stream-function.ts';

/** What Lambda was asked for, and what it answers. */
const asked: { readonly path: string | undefined; readonly event: unknown }[] = [];
let answer: { readonly error?: string; readonly body: string } = { body: 'null' };

const server = createServer(async (request, response) => {
  asked.push({ path: request.url, event: JSON.parse(await text(request)) });
  const failed = answer.error ? { 'x-amz-function-error': answer.error } : {};
  response.writeHead(200, { 'content-type': 'application/json', ...failed }).end(answer.body);
});

let client: LambdaClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});

afterAll(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const records = ['7', '8', '9'].map((sequence) => recordOf(sequence, { pk: { S: sequence } }));

it('asks nothing when no time is left for the answer', async () => {
  asked.length = 0;
  const late = lambdaStreamFunction(client, () => 3_000);
  await expect(late('paysaga-prod-payments-relay', 'shard', records)).rejects.toThrow(
    'no time is left',
  );
  expect(asked).toEqual([]);
});

async function invoke(body: unknown, error?: string) {
  asked.length = 0;
  answer = { body: JSON.stringify(body), ...(error ? { error } : {}) };
  return lambdaStreamFunction(client)('relay', 'shard-1', records);
}

describe('giving a function records of its stream again', () => {
  it('sends them as the mapping would, with the shard, and says that they are redriven', async () => {
    expect(await invoke({ batchItemFailures: [] })).toEqual({ kind: 'done' });
    expect(asked).toEqual([
      {
        path: '/2015-03-31/functions/relay/invocations',
        event: { Records: records.map(({ record }) => record), shardId: 'shard-1', redriven: true },
      },
    ]);
  });

  it.each([null, {}, { state: {}, batchItemFailures: [] }])('takes %j for done', async (body) => {
    expect(await invoke(body)).toEqual({ kind: 'done' });
  });

  it('knows how far a function came, by the first record that it names', async () => {
    const failures = ['9', '8'].map((itemIdentifier) => ({ itemIdentifier }));
    expect(await invoke({ batchItemFailures: failures })).toEqual({ kind: 'stopped', done: 1 });
  });

  it.each([['7'], ['10'], [''], [undefined]])(
    'takes a batch for failed as a whole that names %j',
    async (itemIdentifier) => {
      const body = { batchItemFailures: [{ itemIdentifier }, { itemIdentifier: '9' }] };
      expect(await invoke(body)).toMatchObject({ kind: 'failed' });
    },
  );

  it('knows what a function threw', async () => {
    const thrown = { errorType: 'UnreadableTransfer', errorMessage: 'no usable tenant', trace: [] };
    expect(await invoke(thrown, 'Unhandled')).toEqual({
      kind: 'failed',
      errorName: 'UnreadableTransfer',
      reason: 'no usable tenant',
    });
    expect(await invoke(null, 'Unhandled')).toMatchObject({ kind: 'failed', errorName: 'Error' });
  });
});
