import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  armedFaults,
  armFault,
  armStrikes,
  type FaultPoint,
  sentCalls,
  struck,
} from '../faults.ts';
import { modernNode, repository } from '../install/toolchain.mjs';
import { faultDir } from './settings.ts';

interface Answer {
  id?: string;
  ready?: true;
  fatal?: true;
  payload?: string;
  error?: { errorType: string; errorMessage: string };
}

/** Speaks with bootstrap.mjs as the executor does. */
class Runtime {
  log = '';
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(folder: string, env: Record<string, string> = {}) {
    this.#child = spawn(modernNode(), [join(import.meta.dirname, 'runtime', 'bootstrap.mjs')], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      env: {
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'index.handler',
        AWS_LAMBDA_FUNCTION_NAME: 'probe',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        PAYSAGA_REQUEST_FD: '3',
        PAYSAGA_RESULT_FD: '4',
        ...env,
      },
    });
    this.#child.stdout?.on('data', (chunk) => {
      this.log += chunk;
    });
    const results = this.#child.stdio[4] as Readable;
    this.#answers = createInterface({ input: results })[Symbol.asyncIterator]();
  }

  /** The next line, or undefined when the process has closed its end. */
  async answer(): Promise<Answer | undefined> {
    const { value, done } = await this.#answers.next();
    return done ? undefined : (JSON.parse(value) as Answer);
  }

  async invoke(event: unknown, id = 'request-1'): Promise<Answer | undefined> {
    const deadline = Date.now() + 2000;
    const request = {
      id,
      arn: 'arn:probe',
      trace: 'Root=1',
      deadline,
      event: JSON.stringify(event),
    };
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify(request)}\n`);
    return this.answer();
  }

  async exitCode(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      await once(this.#child, 'exit');
    }
    return this.#child.exitCode;
  }

  end(): void {
    (this.#child.stdio[3] as Writable).end();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

describe('the Lambda runtime', () => {
  let folder: string;
  let runtime: Runtime | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paysaga-runtime-'));
  });

  afterEach(() => {
    runtime?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(code: string, env?: Record<string, string>, file = 'index.mjs') {
    writeFileSync(join(folder, file), code);
    runtime = new Runtime(folder, env);
    return { runtime, first: await runtime.answer() };
  }

  it('gives the event, the context and the trace to the handler, and returns what it returns', async () => {
    const { runtime, first } = await start(`export const handler = async (event, context) => ({
      event, name: context.functionName, arn: context.invokedFunctionArn, id: context.awsRequestId,
      memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis(),
      trace: process.env._X_AMZN_TRACE_ID, plumbing: process.env.PAYSAGA_REQUEST_FD })`);
    expect(first).toEqual({ ready: true });
    const answer = await runtime.invoke({ text: 'a\nb €' });
    const { left, ...rest } = JSON.parse(answer?.payload ?? '');
    expect(rest).toEqual({
      event: { text: 'a\nb €' },
      name: 'probe',
      arn: 'arn:probe',
      id: 'request-1',
      memory: '256',
      trace: 'Root=1',
    });
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(2000);
  });

  it('runs a CommonJS module, and answers null for nothing', async () => {
    const { runtime } = await start(
      'exports.handler = async () => {}',
      { _HANDLER: 'sub.handler' },
      'sub.cjs',
    );
    expect((await runtime.invoke({}))?.payload).toBe('null');
  });

  it('names an error as the thrown error is named, and goes on', async () => {
    const { runtime } = await start(`export const handler = async (event) => {
      if (event.fail) throw Object.assign(new Error('no'), { name: 'InsufficientFunds' }); return 1 }`);
    const failed = await runtime.invoke({ fail: true });
    expect(failed?.error).toMatchObject({ errorType: 'InsufficientFunds', errorMessage: 'no' });
    expect(failed?.fatal).toBeUndefined();
    expect((await runtime.invoke({}))?.payload).toBe('1');
  });

  it('fails the invocation and ends at an unhandled rejection, as on AWS', async () => {
    const { runtime } = await start(`export const handler = async () => {
      Promise.reject(new TypeError('lost')); await new Promise(() => setTimeout(() => {}, 5000)) }`);
    const answer = await runtime.invoke({});
    expect(answer).toMatchObject({
      fatal: true,
      error: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'lost' },
    });
    expect(await runtime.exitCode()).toBe(128);
  });

  it('writes everything logged before the answer, in the form of CloudWatch', async () => {
    const { runtime } = await start(`export const handler = async () => {
      console.warn('two\\nlines'); process.stdout.write('raw'.repeat(100000) + '\\n') }`);
    await runtime.invoke({});
    runtime.end();
    await runtime.exitCode();
    const [line, raw, end] = runtime.log.split('\n');
    expect(line).toMatch(/^\d{4}-.*Z\trequest-1\tWARN\ttwo\rlines$/);
    expect(raw).toHaveLength(300_000);
    expect(end).toBe('\0END request-1');
  });

  it('ends when the request pipe does, even while a handler waits', async () => {
    const { runtime } = await start(
      'export const handler = () => new Promise(() => setTimeout(() => {}, 60_000))',
    );
    void runtime.invoke({});
    runtime.end();
    expect(await runtime.exitCode()).toBe(0);
  });

  it.each([
    ['Runtime.ImportModuleError', 'export const handler = 1', { _HANDLER: 'other.handler' }],
    ['Runtime.HandlerNotFound', 'export const main = () => 1', {}],
    ['Runtime.CallbackHandlerDeprecated', 'export const handler = (a, b, c) => c()', {}],
    ['TypeError', 'throw new TypeError("at import")', {}],
  ])('reports %s at init', async (errorType, code, env) => {
    const { runtime, first } = await start(code, env);
    expect(first?.error?.errorType).toBe(errorType);
    expect(await runtime.exitCode()).toBe(1);
  });

  describe('fault points', () => {
    const GET = 'DynamoDB_20120810.GetItem';
    const PUT = 'DynamoDB_20120810.PutItem';
    let server: Server;
    let requests: string[];
    let refuseWrites: boolean;

    beforeEach(async () => {
      requests = [];
      refuseWrites = false;
      server = createServer((request, response) => {
        const what = String(request.headers['x-amz-target'] ?? request.method);
        const refused = refuseWrites && what === PUT;
        requests.push(what);
        request.resume();
        request.on('end', () => {
          response.writeHead(refused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
          response.end(refused ? '{"__type":"ConditionalCheckFailedException"}' : '{}');
        });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });

    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    const handler = `
      import http from 'node:http';
      import { createRequire } from 'node:module';
      const require = createRequire(${JSON.stringify(join(repository, 'package.json'))});
      const { DynamoDBClient, GetItemCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({ region: 'us-east-1', maxAttempts: 1,
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, endpoint: process.env.ENDPOINT });
      export const handler = async ({ write, call, send }) => {
        await client.send(new GetItemCommand({ TableName: 't', Key: { k: { S: '1' } } }));
        if (write) await client.send(new PutItemCommand({ TableName: 't', Item: { k: { S: '1' } } }));
        if (call) await fetch(process.env.ENDPOINT + '/charges/ch_1/void?a=b', {
          method: 'POST', headers: { 'Idempotency-Key': 'operation-1' } });
        if (send) await new Promise((resolve, reject) => http.request(process.env.ENDPOINT, {
          method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } },
          (response) => response.resume().on('end', resolve)).on('error', reject).end());
        return 'done';
      }`;
    const stack = () => {
      const { port } = server.address() as AddressInfo;
      return start(handler, {
        ENDPOINT: `http://127.0.0.1:${port}`,
        PAYSAGA_FAULT_DIR: faultDir(folder),
        PAYSAGA_FUNCTION: 'charge',
      });
    };
    const arm = (at: FaultPoint, times = 1) =>
      armFault({ stateDir: folder, functionKey: 'charge', at, times });

    it.each<[FaultPoint, { write?: true; call?: true; send?: true }, string[]]>([
      ['before-write', { write: true }, [GET]],
      ['after-write', { write: true }, [GET, PUT]],
      ['before-call', { call: true }, [GET]],
      ['after-call', { call: true }, [GET, 'POST']],
      ['before-send', { send: true }, [GET]],
      ['after-send', { send: true }, [GET, 'AmazonSQS.SendMessage']],
    ])('ends the process %s, once', async (at, event, seen) => {
      arm(at);
      const first = await stack();
      expect(await first.runtime.invoke(event)).toBeUndefined();
      expect(await first.runtime.exitCode()).toBe(1);
      expect(requests).toEqual(seen);
      expect(first.runtime.log).toContain(`paysaga fault point: charge ends at ${at}`);
      expect(armedFaults(folder)).toEqual([]);
      const second = await stack();
      expect((await second.runtime.invoke(event))?.payload).toBe('"done"');
    });

    it('keeps its times for the invocations that come to the point', async () => {
      arm('before-write', 2);
      const { runtime } = await stack();
      expect((await runtime.invoke({}))?.payload).toBe('"done"');
      expect(await runtime.invoke({ write: true })).toBeUndefined();
      const file = join(faultDir(folder), 'charge.json');
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ at: 'before-write', times: 1 });
    });

    it('ends at random, by an effect of any kind, and says at which', async () => {
      armStrikes({ stateDir: folder, seed: 1, probability: 1, lives: 1 });
      const first = await stack();
      expect(await first.runtime.invoke({ call: true })).toBeUndefined();
      expect(struck(folder)).toMatchObject([
        { function: 'charge', at: 'before-call', what: 'POST /charges/{id}/void' },
      ]);
      expect(sentCalls(folder)).toEqual([]);
      const second = await stack();
      expect((await second.runtime.invoke({ call: true, write: true }))?.payload).toBe('"done"');
      expect(sentCalls(folder)).toMatchObject([
        { method: 'POST', path: '/charges/ch_1/void?a=b', operation_id: 'operation-1' },
      ]);
    });

    it('takes a refused write for none', async () => {
      arm('after-write');
      refuseWrites = true;
      const { runtime } = await stack();
      const { error } = (await runtime.invoke({ write: true })) ?? {};
      expect(error?.errorType).toBe('ConditionalCheckFailedException');
      expect(armedFaults(folder)).toEqual(['charge']);
    });
  });
});
