import { describe, expect, it } from 'vitest';
import { ConnectionError, PaysagaError, UnsendableError } from '../src/index.ts';
import {
  aPayment,
  brokenConnection,
  failedFetch,
  json,
  leastBody,
  problem,
  refusedConnection,
  scripted,
} from './support/scripted.ts';

const taken = json(202, aPayment);
const unavailable = problem('temporarily_unavailable', 503);
const tooMany = problem('too_many_requests', 429, {}, { 'retry-after': '1' });

/** What fetch throws when each address of a host failed, at these calls. */
function noneOf(...syscalls: readonly string[]): Error {
  const errors = syscalls.map((syscall) => Object.assign(new Error('it failed'), { syscall }));
  return new TypeError('fetch failed', { cause: new AggregateError(errors) });
}

describe('what a failure says of the effect', () => {
  it.each([
    ['never arrived', [refusedConnection()], 'none'],
    ['broke off', [brokenConnection()], 'unknown'],
    ['was not answered in time', ['hangs'], 'unknown'],
    ['failed at the server', [problem('internal_error', 500)], 'unknown'],
    [
      'broke off once, and never arrived after that',
      [brokenConnection(), refusedConnection()],
      'unknown',
    ],
    [
      'broke off, and was not let in after that',
      [brokenConnection(), problem('unauthorized', 401)],
      'unknown',
    ],
    [
      'broke off, and was refused by its key after that',
      [brokenConnection(), problem('invalid_state', 409, { state: 'failed', allowed: [] })],
      'none',
    ],
    ['was let in only after others', [tooMany], 'none'],
    [
      'broke off, and met a page of a proxy after that',
      [brokenConnection(), new Response('<html>', { status: 404 })],
      'unknown',
    ],
    ['met a page of a proxy', [new Response('<html>', { status: 404 })], 'unknown'],
    [
      'broke off, and met a problem of somebody else after that',
      [
        brokenConnection(),
        problem('not_found', 404, { type: 'https://proxy.example/problems/not_found' }),
      ],
      'unknown',
    ],
    [
      'found no name',
      [failedFetch({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'a.example' })],
      'none',
    ],
    ['was not let through', [failedFetch({ code: 'EHOSTUNREACH', syscall: 'connect' })], 'none'],
    ['found nobody in time', [failedFetch({ code: 'UND_ERR_CONNECT_TIMEOUT' })], 'none'],
    [
      'lost its host while the answer was read',
      [failedFetch({ code: 'EHOSTUNREACH', syscall: 'read' })],
      'unknown',
    ],
    [
      'lost its network while it was sent',
      [failedFetch({ code: 'ENETUNREACH', syscall: 'write' })],
      'unknown',
    ],
    ['found none of two addresses', [noneOf('connect', 'connect')], 'none'],
    ['may have found one of two', [noneOf('connect', 'read')], 'unknown'],
  ] as const)('a payment that %s', async (_name, script, effect) => {
    const { client, failure } = scripted(script, { maxRetries: 1 });
    const call = client.payments.create(leastBody, { idempotencyKey: 'order-1' });
    expect(await failure(call)).toMatchObject({ effect, idempotencyKey: 'order-1' });
  });

  it('nothing has an effect that only reads', async () => {
    for (const answer of [brokenConnection(), unavailable, 'hangs'] as const) {
      const { client, failure } = scripted([answer], { maxRetries: 0 });
      expect(await failure(client.payments.get(aPayment.id))).toMatchObject({
        effect: 'none',
        idempotencyKey: null,
      });
    }
  });
});

describe('the API key', () => {
  it('is asked for anew at each try', async () => {
    const keys = ['first', 'second'];
    const { client, run, sent } = scripted([unavailable, taken], {
      apiKey: async () => keys.shift() ?? '',
    });
    await run(client.payments.create(leastBody));
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('that cannot be had is a call that was not sent', async () => {
    const { client, failure, sent } = scripted([taken], {
      apiKey: async () => {
        throw new Error('the vault is closed');
      },
    });
    const error = await failure(client.payments.create(leastBody));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ effect: 'none', cause: { message: 'the vault is closed' } });
    expect(sent).toEqual([]);
  });

  it('that no header takes is never quoted', async () => {
    const apiKey = 'secret\nof acme';
    expect(() => scripted([taken], { apiKey })).toThrow(/characters that no header takes/);
    const { client, failure, time } = scripted([taken], { apiKey: () => apiKey });
    const error = await failure(client.payments.create(leastBody));
    expect(error).toBeInstanceOf(UnsendableError);
    expect(String(error)).not.toContain('secret');
    expect(time.now()).toBe(0);
  });

  it.each(['', undefined as unknown as string])(
    'that runs out between two tries says what became of the first: %j',
    async (last) => {
      const keys = ['first'];
      const { client, failure, sent } = scripted([brokenConnection()], {
        apiKey: () => keys.shift() ?? last,
      });
      const call = client.payments.create(leastBody, { idempotencyKey: 'order-1' });
      const error = await failure(call);
      expect(error).toBeInstanceOf(PaysagaError);
      expect(error).toMatchObject({
        name: 'UnsendableError',
        effect: 'unknown',
        idempotencyKey: 'order-1',
      });
      expect(sent).toHaveLength(1);
    },
  );
});
