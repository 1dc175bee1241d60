import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { functionSpecs, simulatorSpecs } from '../../functions/index.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import { environmentOf } from '../../infra/constructs/permissions.ts';
import type { Surroundings } from '../../infra/constructs/surroundings.ts';
import { stages } from '../../infra/stages.ts';
import { tables } from '../../infra/tables.ts';
import { type Figure, median, type Section } from './timing.ts';

const rounds = 5;

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
  personalDataKey: { keyArn: 'arn:aws:kms:us-east-1:000000000000:key/k' },
  bus: { eventBusArn: 'arn', eventBusName: 'bus' },
  providerUrl: url,
  bankUrl: url,
  sagaArns: {} as Required<Surroundings>['sagaArns'],
};

/** What a stack gives a function, and what its edge adds to that. */
export function environmentOfFunction(name: string): Record<string, string> {
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

/** A handler that only makes a DynamoDB client. */
async function buildReference(outfile: string): Promise<void> {
  await build({
    stdin: {
      contents:
        "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const handler = async () => new DynamoDBClient({}); new DynamoDBClient({});",
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
  });
}

/** The size of each function's bundle, and how long a fresh process takes to load it. */
export async function benchInit(): Promise<Section> {
  const out = mkdtempSync(join(tmpdir(), 'paysaga-bench-'));
  try {
    const { folderOf } = await bundleFunctions(join(out, 'functions'));
    const reference = join(out, 'reference.mjs');
    await buildReference(reference);
    const figures = [...functionSpecs, ...simulatorSpecs].map(({ name }): Figure => {
      const file = join(folderOf(name), 'index.mjs');
      const env = environmentOfFunction(name);
      // Turn by turn, so that a noisy neighbour meets both.
      const turns = Array.from(
        { length: rounds },
        () => [initMs(file, env), initMs(reference, env)] as const,
      );
      const kib = (statSync(file).size / 1_024).toFixed(0);
      return {
        what: `${name}, ${kib} KiB`,
        value: median(turns.map(([own]) => own)),
        unit: 'ms',
        reference: median(turns.map(([, other]) => other)),
        beside: 'a DynamoDB client',
      };
    });
    return {
      title: 'Cold start',
      says: 'What a fresh process takes to load a function’s bundle, beside a handler that only makes a DynamoDB client.',
      figures,
    };
  } finally {
    rmSync(out, { recursive: true });
  }
}
