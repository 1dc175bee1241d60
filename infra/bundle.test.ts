import { spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../functions/index.ts';
import { replacements } from './bundle/replacements.ts';
import {
  type Bundles,
  bundleFunctions,
  bundleHandlers,
  maxApiBundleBytes,
  maxBundleBytes,
  maxBytesOf,
  maxOperatorBundleBytes,
  maxPatientBundleBytes,
} from './bundle.ts';
import { stages } from './stages.ts';
import { type AwsServer, accessKey, awsServer } from './testing/aws-server.ts';

const specs = [...functionSpecs, ...simulatorSpecs];
const paymentSagaArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:payment';
const listing =
  '<ListBucketResult><KeyCount>1</KeyCount><Contents><Key>psp/day.csv</Key></Contents></ListBucketResult>';
const traceId = '1-67000000-0123456789abcdef01234567';
const parentId = '0123456789abcdef';

let folder: string;
let bundles: Bundles;
let aws: AwsServer;
let daemon: Socket;
const segments: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paysaga-bundles-'));
  bundles = await bundleFunctions(join(folder, 'first'));
  aws = await awsServer({
    PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: 'one' }] },
    StartExecution: { executionArn: 'arn', startDate: 0 },
    SendMessage: { MessageId: 'one' },
    GetParameter: { __type: 'ParameterNotFound', message: 'not here' },
    'PUT /files/psp/day.csv': '',
    'GET /files/psp/day.csv': 'line_id\n1\n',
    'GET /files/': listing,
  });
  daemon = createSocket('udp4', (message) => segments.push(message.toString()));
  await new Promise<void>((resolve) => daemon.bind(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(async () => {
  daemon.close();
  await aws.close();
  await rm(folder, { recursive: true });
});

/** Invokes a bundle in a process of its own, with nothing but what Lambda gives. */
async function invoke(
  name: string,
  event: unknown,
  { folderOf }: Pick<Bundles, 'folderOf'> = bundles,
): Promise<Record<string, unknown>> {
  const tables = [
    'PAYMENTS',
    'LEDGER',
    'BOOKS',
    'PAYMENT_LIST',
    'PROJECTIONS',
    'ACCESS',
    'SIMULATOR',
    'PROVIDERS',
  ];
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'testing', 'invoke.ts'), join(folderOf(name), 'index.mjs')],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...Object.fromEntries(tables.map((table) => [`${table}_TABLE`, table.toLowerCase()])),
        AWS_ACCESS_KEY_ID: accessKey.id,
        AWS_SECRET_ACCESS_KEY: accessKey.secret,
        AWS_SESSION_TOKEN: 'session',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        LAMBDA_TASK_ROOT: folderOf(name),
        AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
        _X_AMZN_TRACE_ID: `Root=${traceId};Parent=${parentId};Sampled=1`,
        _HANDLER: 'index.handler',
        POWERTOOLS_SERVICE_NAME: 'test',
        POWERTOOLS_TRACE_ENABLED: 'true',
        BUS_NAME: 'bus',
        SAGA_ARNS: JSON.stringify({ payment: paymentSagaArn }),
        DLQ_URL: `${aws.endpoint}/000000000000/dead`,
        MAX_RECEIVES: '5',
        AWS_CALL_TIMEOUT_MS: '1500',
        STAGE: 'local',
        SECRET_PREFIX: '/paysaga/test/',
        OIDC: 'null',
        TENANT_LIMITS: JSON.stringify(stages.local.limits),
        NOTICES_QUEUE_URL: `${aws.endpoint}/000000000000/notices`,
      },
    },
  );
  child.stdin.end(JSON.stringify(event));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Error(`${name} answered nothing: ${output}${errors}`);
  }
}

function callTo(target: string) {
  return aws.calls.find((call) => call.target === target);
}

const request = {
  headers: { Authorization: 'Bearer key' },
  multiValueHeaders: { Authorization: ['Bearer key'] },
  pathParameters: { payment_id: '0198a000-0000-8000-8000-000000000000' },
  requestContext: { requestId: 'request', requestTimeEpoch: Date.now() },
};

const image = Object.fromEntries(
  Object.entries({
    pk: 'PAYMENT#one',
    sk: 'EVENT#00000001',
    id: 'event',
    type: 'payment.accepted',
    time: '2026-01-01T00:00:00.000Z',
    tenant: 'tenant',
    subject: 'payment',
    correlation_id: 'correlation',
    causation_id: 'causation',
    data: '{}',
  }).map(([name, value]) => [name, { S: value }]),
);
const records = {
  Records: [
    {
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: '1',
        NewImage: { ...image, version: { N: '1' }, sequence: { N: '1' } },
      },
    },
  ],
};

describe('the bundles', () => {
  it.each(specs.map((spec) => [spec.name, spec] as const))('%s is small enough', (name, spec) => {
    expect(bundles.bytes[name]).toBeGreaterThan(10_000);
    expect(bundles.bytes[name]).toBeLessThanOrEqual(maxBytesOf(spec));
  });

  it('are larger only where no payment waits for one to load', () => {
    const name = 'a-b';
    const http = { kind: 'http', endpoints: [] } as const;
    const byTheClock = { kind: 'schedule', schedule: 'reconcile' } as const;
    expect(maxBytesOf({ name, trigger: byTheClock })).toBe(maxPatientBundleBytes);
    expect(maxBytesOf({ name: 'webhooks-b', trigger: http })).toBe(maxPatientBundleBytes);
    expect(maxBytesOf({ name: 'operations-b', trigger: http })).toBe(maxOperatorBundleBytes);
    expect(maxBytesOf({ name, trigger: { kind: 'saga-task', task: 'charge' } })).toBe(
      maxBundleBytes,
    );
    expect(maxBytesOf({ name, trigger: http })).toBe(maxApiBundleBytes);
  });

  it.each(['payments-submit', 'providers-charge'])(
    'are the same bytes each time: %s',
    async (name) => {
      const again = await bundleFunctions(
        join(folder, 'second'),
        specs.filter((spec) => spec.name === name),
      );
      const code = async (made: Bundles) => {
        const files = (await readdir(made.folderOf(name))).sort();
        const texts = files.map((file) => readFile(join(made.folderOf(name), file), 'utf8'));
        return [files, await Promise.all(texts)];
      };
      expect(await code(again)).toEqual(await code(bundles));
    },
  );

  it('use every replacement: one that is not used names a file that is gone', () => {
    expect(replacements.map(({ module }) => module).sort()).toEqual([...bundles.replaced].sort());
  });

  it('name no path of the machine that made them', async () => {
    for (const { name } of specs) {
      const code = await readFile(join(bundles.folderOf(name), 'index.mjs'), 'utf8');
      expect(code.includes(process.cwd()), name).toBe(false);
    }
  });
});

describe('a bundled function', () => {
  it('calls DynamoDB, signed by the credentials of its environment', async () => {
    const { returned } = await invoke('payments-get', request);
    expect(returned).toMatchObject({ statusCode: 401 });
    const call = callTo('DynamoDB_20120810.GetItem');
    expect(call).toMatchObject({ signed: true });
    expect(call?.headers['x-amz-security-token']).toBe('session');
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ TableName: 'access' });
  });

  it('calls EventBridge, signed', async () => {
    expect(await invoke('payments-relay', records)).toEqual({
      returned: { batchItemFailures: [] },
    });
    expect(callTo('AWSEvents.PutEvents')).toMatchObject({ signed: true });
  });

  it('calls Step Functions, signed', async () => {
    expect(await invoke('payments-start-saga', records)).toEqual({
      returned: { batchItemFailures: [] },
    });
    const call = callTo('AWSStepFunctions.StartExecution');
    expect(call).toMatchObject({ signed: true });
    const { input, ...started } = JSON.parse(call?.body ?? '');
    expect(started).toEqual({ stateMachineArn: paymentSagaArn, name: 'payment' });
    expect(JSON.parse(input)).toEqual({
      payment_id: 'payment',
      operation_id: null,
      tenant: 'tenant',
      correlation_id: 'correlation',
    });
  });

  it('calls SQS, signed', async () => {
    const message = { messageId: 'one', body: '{', attributes: { ApproximateReceiveCount: '5' } };
    await invoke('payments-project-list', { Records: [message] });
    expect(callTo('AmazonSQS.SendMessage')).toMatchObject({ signed: true });
  });

  it('calls SSM, signed, and knows a secret that is missing from a fault', async () => {
    const pathParameters = { provider: 'simulator' };
    const { returned } = await invoke('providers-webhooks', { ...request, pathParameters });
    expect(returned).toMatchObject({ statusCode: 401 });
    const call = callTo('AmazonSSM.GetParameter');
    expect(call).toMatchObject({ signed: true });
    expect(JSON.parse(call?.body ?? '')).toEqual({
      Name: '/paysaga/test/simulator_webhook',
      WithDecryption: true,
    });
  });

  it('writes, lists and reads files in S3, signed, by a path on an address without names', async () => {
    const files = await bundleHandlers(join(folder, 'files'), { files: 'infra/testing/files.ts' });
    expect(files.bytes.files).toBeLessThanOrEqual(maxPatientBundleBytes);
    expect(
      await invoke('files', { bucket: 'files', key: 'psp/day.csv', text: 'x' }, files),
    ).toEqual({ returned: { keys: ['psp/day.csv'], text: 'line_id\n1\n' } });
    for (const target of ['PUT /files/psp/day.csv', 'GET /files/', 'GET /files/psp/day.csv']) {
      expect(callTo(target), target).toMatchObject({ signed: true });
    }
    expect(callTo('PUT /files/psp/day.csv')?.body).toBe('x');
  });

  it('sends its part of the trace to the daemon, and the trace on with each call', async () => {
    await invoke('payments-get', request);
    const sent = () => segments.map((segment) => JSON.parse(segment.split('\n')[1] ?? ''));
    const named = (name: string) => sent().find((segment) => segment.name === name);
    await expect.poll(() => named('## index.handler')).toBeDefined();
    expect(named('## index.handler')).toMatchObject({
      trace_id: traceId,
      parent_id: parentId,
      annotations: { Service: 'test' },
    });
    expect(named('DynamoDB')).toMatchObject({
      trace_id: traceId,
      parent_id: named('## index.handler').id,
      aws: { operation: 'GetItem' },
    });
    expect(callTo('DynamoDB_20120810.GetItem')?.headers['x-amzn-trace-id']).toContain(traceId);
  });
});

describe('bundling', () => {
  it('refuses a function that is not there', async () => {
    const trigger = { kind: 'simulator-api' } as const;
    const missing = { name: 'payments-nowhere', trigger } as const;
    await expect(bundleFunctions(join(folder, 'third'), [missing])).rejects.toThrow(
      'payments/nowhere/handler.ts',
    );
  });
});
