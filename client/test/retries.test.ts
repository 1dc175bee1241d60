import { describe, expect, it } from 'vitest';
import { AbortedError, InternalError, TimeoutError, UnexpectedAnswerError } from '../src/index.ts';
import {
  aPayment,
  brokenConnection,
  json,
  leastBody,
  problem,
  refusedConnection,
  scripted,
} from './support/scripted.ts';

const taken = json(202, aPayment);
const unavailable = problem('temporarily_unavailable', 503);
const tooMany = (retryAfter: string) =>
  problem('too_many_requests', 429, {}, { 'retry-after': retryAfter });

describe('a call that may be otherwise the next time', () => {
  it.each([
    ['no connection', refusedConnection()],
    ['a connection that broke', brokenConnection()],
    ['no answer in time', 'hangs'],
    ['429', tooMany('1')],
    ['500', problem('internal_error', 500)],
    ['502 of a proxy', new Response('<html>', { status: 502 })],
    ['503', unavailable],
    ['504 of a proxy', new Response('', { status: 504 })],
  ] as const)(
    'is sent again after %s, with the same key and the same bytes',
    async (_name, first) => {
      const { client, run, sent } = scripted([first, taken]);
      expect(await run(client.payments.create(leastBody))).toEqual(aPayment);
      expect(sent).toHaveLength(2);
      const [one, other] = sent.map(({ method, url, headers, body }) => ({
        method,
        url: url.href,
        headers: Object.fromEntries(headers),
        body,
      }));
      expect(one).toEqual(other);
      expect(one?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('has a key of its own each time that it is called anew', async () => {
    const { client, run, sent } = scripted([taken]);
    await run(client.payments.create(leastBody));
    await run(client.payments.create(leastBody));
    expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2);
  });

  it('has the key that it is given', async () => {
    const { client, run, sent } = scripted([unavailable, taken]);
    await run(client.payments.create(leastBody, { idempotencyKey: 'order-1' }));
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual([
      'order-1',
      'order-1',
    ]);
  });

  it('waits with full jitter, longer each time, and no longer than the cap', async () => {
    const options = { random: () => 1, maxRetries: 6, backoff: { baseMs: 200, capMs: 1_000 } };
    const most = scripted([unavailable], options);
    await most.failure(most.client.payments.create(leastBody));
    expect(most.pauses()).toEqual([200, 400, 800, 1_000, 1_000, 1_000]);
    const least = scripted([unavailable], { ...options, random: () => 0 });
    await least.failure(least.client.payments.create(leastBody));
    expect(least.pauses()).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ['seconds', { 'retry-after': '7' }],
    [
      'a date of the server’s own clock',
      {
        'retry-after': 'Thu, 01 Jan 1998 00:00:07 GMT',
        date: 'Thu, 01 Jan 1998 00:00:00 GMT',
      },
    ],
  ])('heeds Retry-After in %s', async (_name, headers) => {
    const { client, run, pauses } = scripted([
      problem('too_many_requests', 429, {}, headers),
      taken,
    ]);
    await run(client.payments.create(leastBody));
    expect(pauses()).toEqual([7_000]);
  });

  it('is given up at once when Retry-After is past the deadline', async () => {
    const { client, failure, sent } = scripted([tooMany('3600')]);
    const error = await failure(client.payments.create(leastBody));
    expect(error).toMatchObject({ code: 'too_many_requests', retryAfterMs: 3_600_000 });
    expect(sent).toHaveLength(1);
  });

  it('ends after so many tries, with the error of the last', async () => {
    const { client, failure, sent } = scripted([unavailable, problem('internal_error', 500)], {
      maxRetries: 2,
    });
    expect(await failure(client.payments.create(leastBody))).toBeInstanceOf(InternalError);
    expect(sent).toHaveLength(3);
  });

  it('ends at its deadline, whatever it is at', async () => {
    const { client, failure, time, sent } = scripted(['hangs'], { maxRetries: 1_000 });
    const call = client.payments.create(leastBody, { deadlineMs: 25_000, timeoutMs: 10_000 });
    expect(await failure(call)).toBeInstanceOf(TimeoutError);
    expect(time.now()).toBeLessThanOrEqual(25_000);
    expect(sent.length).toBeGreaterThan(1);
  });

  it('has the time that it waits for on top of the time for an answer', async () => {
    const { client, failure, pauses, sent } = scripted(['hangs'], {
      maxRetries: 1,
      random: () => 0,
      timeoutMs: 1_000,
    });
    await failure(client.payments.create(leastBody, { waitSeconds: 5 }));
    expect(pauses()).toEqual([6_000]);
    expect(sent[0]?.headers.get('prefer')).toBe('wait=5');
  });
});

describe('a call that is not sent again', () => {
  it.each([
    [400, 'invalid_request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [409, 'merchant_reference_taken'],
    [422, 'idempotency_key_reused'],
  ])('was refused with %i', async (status, code) => {
    const { client, failure, sent } = scripted([
      problem(code, status, { payment_id: aPayment.id }),
    ]);
    expect(await failure(client.payments.create(leastBody))).toMatchObject({
      code,
      effect: 'none',
    });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['a new webhook endpoint', 'create', [{ url: 'https://example.com' }]],
    ['a new secret', 'rotateSecret', ['id']],
    ['a webhook that is sent once more', 'resend', ['id', 'id']],
    ['a change', 'update', ['id', { status: 'disabled' }]],
    ['a deletion', 'delete', ['id']],
  ] as const)('takes no key, and could have its effect twice: %s', async (_name, method, args) => {
    for (const answer of [unavailable, brokenConnection(), tooMany('1'), 'hangs'] as const) {
      const { client, failure, sent } = scripted([answer]);
      const call = client.webhookEndpoints[method] as (...given: unknown[]) => Promise<unknown>;
      await failure(call.apply(client.webhookEndpoints, [...args]));
      expect(sent).toHaveLength(1);
    }
  });

  it('is one that was answered with what is no JSON', async () => {
    const { client, failure, sent } = scripted([new Response('<html>', { status: 200 })]);
    const error = await failure(client.payments.create(leastBody));
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error).toMatchObject({ status: 200, effect: 'unknown' });
    expect(sent).toHaveLength(1);
  });

  it('is one whose sums a number would round', async () => {
    const { client, failure } = scripted([
      new Response('{"currencies":[{"debits_posted":9007199254740993}]}'),
    ]);
    const error = await failure(client.ledger.getTrialBalance());
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
  });
});

describe('a call that its caller ends', () => {
  it('sends nothing when it was ended before', async () => {
    const { client, failure, sent } = scripted([taken]);
    const signal = AbortSignal.abort('no more');
    const error = await failure(client.payments.create(leastBody, { signal }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ name: 'AbortError', effect: 'none', cause: 'no more' });
    expect(sent).toEqual([]);
  });

  it('ends a try that is under way', async () => {
    const controller = new AbortController();
    const { client, failure, sent, time } = scripted([
      (request) => {
        controller.abort('no more');
        return json(202, request.body);
      },
    ]);
    const error = await failure(client.payments.create(leastBody, { signal: controller.signal }));
    expect(error).toMatchObject({ name: 'AbortError', effect: 'unknown', cause: 'no more' });
    expect([sent.length, time.now()]).toEqual([1, 0]);
  });

  it('ends the pause before the next try', async () => {
    const controller = new AbortController();
    const { client, failure, sent, time } = scripted([tooMany('30')]);
    time.after(1_000, () => controller.abort());
    const error = await failure(client.payments.create(leastBody, { signal: controller.signal }));
    expect(error).toMatchObject({ name: 'AbortError', effect: 'none' });
    expect([sent.length, time.now()]).toEqual([1, 1_000]);
  });
});
