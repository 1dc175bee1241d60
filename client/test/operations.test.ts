import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { camel, methodOf } from '../../docs/client/names.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { operations } from '../src/generated/operations.ts';
import { answerOf, Paysaga, PaysagaError, UnsendableError } from '../src/index.ts';
import { aPayment, baseUrl, json, leastBody, scripted } from './support/scripted.ts';

const callable = Object.values(endpoints).filter(({ path }) => !path.startsWith('/providers/'));

describe('the client', () => {
  it('has every operation that merchants call, and none beside', () => {
    expect(Object.keys(operations).sort()).toEqual(callable.map(({ name }) => name).sort());
  });

  it.each(callable)(
    'sends $name as its contract has it',
    async ({ name, method, path, errors }) => {
      const { client, run, sent } = scripted([json(200, { data: [], next_cursor: null })]);
      const group = path.split('/')[1] ?? '';
      const api = client[camel(group) as keyof Paysaga] as unknown as Record<
        string,
        (...args: unknown[]) => Promise<unknown> & { page?: () => Promise<unknown> }
      >;
      const ids = [...path.matchAll(/\{\w+\}/g)].map((_, index) => `id/${index}`);
      const answer = api[methodOf(name, group)]?.(...ids, {});
      await run(answer?.page ? answer.page() : Promise.resolve(answer));
      const [request] = sent;
      let index = 0;
      const filled = path.replace(/\{\w+\}/g, () => `id%2F${index++}`);
      expect([request?.method, request?.url.href]).toEqual([method, `${baseUrl}${filled}`]);
      expect(request?.headers.get('authorization')).toBe('Bearer key-of-acme');
      expect(request?.headers.has('idempotency-key')).toBe(
        errors.includes('idempotency_key_required'),
      );
      expect(request?.headers.has('content-type')).toBe(request?.body !== null);
    },
  );

  it('sends what it is given where it belongs', async () => {
    const { client, run, sent } = scripted([json(202, aPayment)]);
    await run(
      client.payments.create(leastBody, {
        idempotencyKey: 'order-1',
        waitSeconds: 2,
        correlationId: 'cart-7',
      }),
    );
    await run(client.payments.list({ status: 'captured', limit: 5 }).page());
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual(leastBody);
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
      'idempotency-key': 'order-1',
      prefer: 'wait=2',
      'x-correlation-id': 'cart-7',
      'content-type': 'application/json',
    });
    // A key goes to the address that it was given for.
    expect(sent.map(({ redirect }) => redirect)).toEqual(['error', 'error']);
    expect([sent[1]?.url.search, sent[1]?.body]).toEqual(['?status=captured&limit=5', null]);
  });

  it('answers the resource, and what came with it', async () => {
    const headers = { etag: '"1"', 'idempotent-replayed': 'true', 'x-amzn-requestid': 'request-1' };
    const { client, run } = scripted([json(202, aPayment, headers)]);
    const payment = await run(client.payments.create(leastBody));
    expect(payment).toEqual(aPayment);
    expect(answerOf(payment)).toMatchObject({
      status: 202,
      replayed: true,
      requestId: 'request-1',
      etag: '"1"',
    });
    expect(answerOf({ ...payment })).toBeUndefined();
  });

  it('answers nothing where there is nothing', async () => {
    const { client, run } = scripted([new Response(null, { status: 204 })]);
    expect(await run(client.webhookEndpoints.delete('id'))).toBeUndefined();
  });
});

describe('what cannot be sent', () => {
  it.each(['', '.', '..'])('is a path with %j in it', async (id) => {
    const { client, failure, sent } = scripted([]);
    const error = await failure(client.payments.get(id));
    expect(error).toBeInstanceOf(UnsendableError);
    expect(error).toMatchObject({ effect: 'none', idempotencyKey: null });
    expect(sent).toEqual([]);
  });

  it.each(['', 'a,b', 'two words', 'ä', 'k'.repeat(256)])('is the key %j', async (key) => {
    const { client, failure, sent } = scripted([]);
    const call = client.payments.create(leastBody, { idempotencyKey: key });
    const error = await failure(call);
    expect(error).toBeInstanceOf(UnsendableError);
    expect(error).toMatchObject({ effect: 'none', idempotencyKey: key });
    expect(sent).toEqual([]);
  });
});

it('a body that is no JSON is what cannot be sent, too', async () => {
  const { client, failure, sent } = scripted([]);
  const metadata: Record<string, unknown> = {};
  metadata.itself = metadata;
  const call = client.payments.create({ ...leastBody, metadata } as never);
  expect(await failure(call)).toBeInstanceOf(PaysagaError);
  expect(sent).toEqual([]);
});

describe('an option that is undefined', () => {
  it('is one that is absent', async () => {
    const nothing = undefined as never;
    const options = { timeoutMs: nothing, deadlineMs: nothing, maxRetries: nothing };
    const { client, failure, sent, pauses } = scripted(['hangs'], {
      ...options,
      backoff: nothing,
      random: () => 1,
    });
    await failure(client.payments.create(leastBody));
    expect(sent).toHaveLength(5);
    expect(pauses()).toEqual([10_200, 10_400, 10_800, 11_600]);
  });

  it('is the global fetch where it is that', async () => {
    const { client, run } = scripted([], { fetch: undefined as never });
    const original = globalThis.fetch;
    globalThis.fetch = async () => json(202, aPayment);
    try {
      expect(await run(client.payments.create(leastBody))).toEqual(aPayment);
    } finally {
      globalThis.fetch = original;
    }
  });
});

describe('the address', () => {
  const at = (url: string) => new Paysaga({ baseUrl: url, apiKey: 'key' });

  it.each([
    'https://api.example.com/v1',
    'https://api.example.com/v1/',
    'http://localhost:4566/v1',
    'http://api.localhost/v1',
    'http://127.0.0.1:4566/_aws/execute-api/a/v1',
    'http://127.8.8.8',
    'http://[::1]:4566',
  ])('can be %s', (url) => {
    expect(() => at(url)).not.toThrow();
  });

  it.each([
    'http://api.example.com/v1',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'ftp://localhost',
    'https://user@example.com',
    'https://:word@example.com',
    'https://example.com?stage=v1',
    'https://example.com#v1',
    'api.example.com',
    '',
  ])('cannot be %j', (url) => {
    expect(() => at(url)).toThrow(TypeError);
  });
});

it('the client is for browsers as well: nothing in it is of Node alone', () => {
  const { lib, types } = JSON.parse(
    readFileSync(new URL('../tsconfig.json', import.meta.url), 'utf8'),
  ).compilerOptions;
  expect(types).toEqual([]);
  expect(lib.every((name: string) => /^(?:es\d{4}|dom)/.test(name))).toBe(true);
});
