import './environment.ts';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { build } from 'esbuild';
import { functionSpecs, simulatorSpecs } from '../../functions/index.ts';
import { submit } from '../../functions/payments/submit/submit.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import { environmentOf } from '../../infra/constructs/permissions.ts';
import type { Surroundings } from '../../infra/constructs/surroundings.ts';
import { stages } from '../../infra/stages.ts';
import { tables } from '../../infra/tables.ts';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPersonalData } from '../../shared/adapters/memory/personal-data.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../shared/runtime/http/handler.ts';
import { stampNow } from '../../shared/runtime/stamp.ts';
import { accessBy, aPrincipal } from '../support/api/access.ts';
import { benchLongHistories } from './long-histories.ts';
import { benchPolicies } from './policies.ts';

/*
 * Figures, each beside a reference measured in the same run, as machines differ and are shared:
 * the init time of each bundle beside that of a handler that only makes a DynamoDB client, the
 * handler's own time for a submit, without any I/O, beside the work no submit can do without, and a
 * decision by policies beside the same conditions by hand. And a state of the past from its nearest
 * snapshot, beside the fold of all its events.
 */

const rounds = 5;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that a fresh process takes to load a module. */
function initMs(file: string, env: Readonly<Record<string, string>>): number {
  const source = `const start = performance.now(); await import(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - start)); process.exit(0);`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', source],
    { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`${file} could not be loaded: ${stderr}`);
  }
  return Number(stdout);
}

async function benchInit(): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), 'paysaga-bench-'));
  try {
    const { folderOf } = await bundleFunctions(join(out, 'functions'));
    const reference = join(out, 'reference.mjs');
    await build({
      stdin: {
        contents:
          "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const handler = async () => new DynamoDBClient({}); new DynamoDBClient({});",
        resolveDir: import.meta.dirname,
      },
      outfile: reference,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      mainFields: ['module', 'main'],
    });
    printInit(
      new Map(
        [...functionSpecs, ...simulatorSpecs].map(({ name }) => [
          name,
          join(folderOf(name), 'index.mjs'),
        ]),
      ),
      reference,
    );
  } finally {
    rmSync(out, { recursive: true });
  }
}

const url = 'http://127.0.0.1:1/nobody';
const queue = { queueArn: 'arn', queueUrl: url };

/** What there is around a function, as far as loading it goes: names of what is not there. */
const surroundings: Surroundings = {
  stage: stages.local,
  bundles: { folderOf: () => '', bytes: {}, replaced: new Set() },
  tables: Object.fromEntries(
    [...Object.keys(tables), 'simulator'].map((name) => [
      name,
      { tableArn: 'arn', tableName: name },
    ]),
  ),
  buckets: { settlements: { bucketArn: 'arn', bucketName: 'settlements' } },
  queues: { provider_notices: queue, webhook_deliveries: queue, simulator_webhooks: queue },
  bus: { eventBusArn: 'arn', eventBusName: 'bus' },
  providerUrl: url,
  bankUrl: url,
  sagaArns: {} as Required<Surroundings>['sagaArns'],
};

/** What a stack gives a function, and what its edge adds to that. */
function environmentOfFunction(name: string): Record<string, string> {
  const spec = [...functionSpecs, ...simulatorSpecs].find((one) => one.name === name);
  if (!spec) {
    throw new Error(`there is no function ${name}`);
  }
  return {
    AWS_REGION: 'us-east-1',
    ...environmentOf(spec, surroundings),
    SIMULATOR_STALL_MS: '8000',
    QUEUE_URL: url,
    DLQ_URL: url,
    MAX_RECEIVES: '5',
  };
}

function printInit(bundles: ReadonlyMap<string, string>, reference: string): void {
  console.log('init in a fresh process, beside a handler that only makes a DynamoDB client');
  console.log('function                      KiB   init ms   reference ms   ratio');
  for (const [name, file] of bundles) {
    const env = environmentOfFunction(name);
    // Turn by turn, so that a noisy neighbour meets both.
    const turns = Array.from(
      { length: rounds },
      () => [initMs(file, env), initMs(reference, env)] as const,
    );
    const [ms, referenceMs] = [
      median(turns.map(([own]) => own)),
      median(turns.map(([, other]) => other)),
    ];
    console.log(
      `${name.padEnd(27)} ${(statSync(file).size / 1_024).toFixed(1).padStart(6)} ${ms.toFixed(1).padStart(9)} ${referenceMs.toFixed(1).padStart(14)} ${(ms / referenceMs).toFixed(2).padStart(7)}`,
    );
  }
}

const context = { getRemainingTimeInMillis: () => 10_000, functionName: 'bench' } as Context;

function submitEvent(key: string): APIGatewayProxyEvent {
  const headers = {
    Authorization: 'Bearer bench',
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
  };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
    requestContext: { requestId: 'bench' },
    body: JSON.stringify({
      amount: 10_000,
      currency: 'EUR',
      payment_method: 'tok_approve',
      metadata: { order: 'A-1', customer: 'c-1' },
    }),
    isBase64Encoded: false,
    pathParameters: null,
    multiValueQueryStringParameters: null,
  } as unknown as APIGatewayProxyEvent;
}

/** Microseconds a call, the median of batches, after a warm-up. */
async function microseconds(call: (index: number) => Promise<unknown> | unknown): Promise<number> {
  const batch = 500;
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    const start = performance.now();
    for (let i = 0; i < batch; i++) {
      await call(round * batch + i);
    }
    times.push(((performance.now() - start) * 1_000) / batch);
  }
  return median(times.slice(2));
}

async function benchSubmit(): Promise<void> {
  const { load } = memoryPaymentStore();
  const handler = httpHandler(
    endpoints.createPayment,
    accessBy(async () => aPrincipal('bench')),
    submit({
      // A store that is always empty, so that its growth is not what is measured.
      accept: async () => ({ kind: 'accepted' }),
      load,
      seal: memoryPersonalData().seal,
      nextStamp: stampNow,
      acceptsPaymentMethod: () => true,
    }),
  );
  const own = await microseconds((i) => handler(submitEvent(`key-${i}`), context));
  const floor = await microseconds((i) => {
    const event = submitEvent(`key-${i}`);
    const hash = createHash('sha256')
      .update(event.body ?? '')
      .digest('hex');
    return JSON.stringify({ ...JSON.parse(event.body ?? ''), hash });
  });
  console.log(`submit, the handler without I/O: ${own.toFixed(1)} us a call`);
  console.log(`parse, hash and print the same body: ${floor.toFixed(1)} us a call`);
  console.log(`ratio ${(own / floor).toFixed(1)}`);
}

await benchSubmit();
benchPolicies();
benchLongHistories();
await benchInit();
