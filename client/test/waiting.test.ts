import { describe, expect, it } from 'vitest';
import { NotFinalInTimeError } from '../src/index.ts';
import {
  aPayment,
  brokenConnection,
  json,
  leastBody,
  problem,
  scripted,
} from './support/scripted.ts';

const at = (status: string, version: number) => json(200, { ...aPayment, status, version });
const behind = problem('version_not_reached', 409, { version: 1 });

describe('waiting for a payment', () => {
  it('reads it with longer and longer pauses until it has settled', async () => {
    const processing = at('processing', 1);
    const script = [...Array.from({ length: 12 }, () => processing), at('captured', 4)];
    const { client, run, pauses } = scripted(script);
    const payment = await run(client.payments.waitUntilFinal(aPayment.id));
    expect(payment).toMatchObject({ status: 'captured', version: 4 });
    expect(pauses()[0]).toBeLessThan(500);
    expect(pauses()).toEqual([...pauses()].sort((a, b) => a - b));
    expect(pauses().at(-1)).toBe(5_000);
  });

  it.each(['authorized', 'requires_action', 'failed', 'captured', 'canceled'])(
    'takes %s for an end',
    async (status) => {
      const { client, run, sent } = scripted([at(status, 3)]);
      expect(await run(client.payments.waitUntilFinal(aPayment.id))).toMatchObject({ status });
      expect(sent).toHaveLength(1);
    },
  );

  it('goes on to a status that nothing leads out of, when it is told to', async () => {
    const { client, run, sent } = scripted([
      at('requires_action', 2),
      at('authorized', 3),
      at('partially_captured', 4),
      at('canceled', 5),
    ]);
    const payment = await run(client.payments.waitUntilFinal(aPayment.id, { terminal: true }));
    expect([payment.status, sent.length]).toEqual(['canceled', 4]);
  });

  it('asks nobody about a payment that is final', async () => {
    const { client, run, sent } = scripted([]);
    const final = { ...aPayment, status: 'failed' } as const;
    expect(await run(client.payments.waitUntilFinal(final))).toBe(final);
    expect(sent).toEqual([]);
  });

  it('never takes an answer that is older than what is known', async () => {
    const { client, run, sent } = scripted([behind, at('processing', 5), at('captured', 6)]);
    const known = { ...aPayment, version: 4 };
    const payment = await run(client.payments.waitUntilFinal(known, { minVersion: 3 }));
    expect(payment.version).toBe(6);
    expect(sent.map(({ url }) => url.searchParams.get('min_version'))).toEqual(['4', '4', '5']);
  });

  it('goes on to the version that it is told', async () => {
    const { client, run, sent } = scripted([at('captured', 4), at('captured', 5)]);
    const payment = await run(client.payments.waitUntilFinal(aPayment.id, { minVersion: 5 }));
    expect([payment.version, sent.length]).toEqual([5, 2]);
  });

  it('goes on when it cannot be read for a while', async () => {
    const options = { maxRetries: 0 };
    const { client, run } = scripted(
      [brokenConnection(), problem('internal_error', 500), 'hangs', at('captured', 2)],
      options,
    );
    const payment = await run(client.payments.waitUntilFinal(aPayment.id));
    expect(payment.status).toBe('captured');
  });

  it('ends at once when it can never be read', async () => {
    const { client, failure, time } = scripted([problem('not_found', 404)]);
    const error = await failure(client.payments.waitUntilFinal(aPayment.id));
    expect(error).toMatchObject({ code: 'not_found' });
    expect(time.now()).toBe(0);
  });

  it('ends in time, with the payment as it was last', async () => {
    const { client, failure, time } = scripted([at('processing', 2)]);
    const error = await failure(client.payments.waitUntilFinal(aPayment.id, { timeoutMs: 20_000 }));
    expect(error).toBeInstanceOf(NotFinalInTimeError);
    expect(error).toMatchObject({ payment: { version: 2, status: 'processing' } });
    expect(time.now()).toBe(20_000);
  });

  it('ends in time when nothing answers', async () => {
    const { client, failure, time } = scripted(['hangs']);
    const error = await failure(client.payments.waitUntilFinal(aPayment.id, { timeoutMs: 20_000 }));
    expect(error).toMatchObject({ name: 'NotFinalInTimeError', payment: null });
    expect(error).toMatchObject({ cause: { name: 'TimeoutError' } });
    expect(time.now()).toBe(20_000);
  });

  it('ends when its caller says so', async () => {
    const controller = new AbortController();
    const { client, failure, time } = scripted([at('processing', 2)]);
    time.after(3_000, () => controller.abort());
    const { signal } = controller;
    const error = await failure(client.payments.waitUntilFinal(aPayment.id, { signal }));
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(time.now()).toBe(3_000);
  });
});

describe('a payment that is to be created first', () => {
  it('is held by the API until it has settled', async () => {
    const { client, run, sent } = scripted([at('captured', 3)]);
    const payment = await run(
      client.payments.waitUntilFinal(leastBody, { idempotencyKey: 'order-1' }),
    );
    expect(payment.status).toBe('captured');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers.get('prefer')).toBe('wait=10');
    expect(sent[0]?.headers.get('idempotency-key')).toBe('order-1');
  });

  it('is read after that when it has not', async () => {
    const { client, run, sent } = scripted([json(202, aPayment), at('authorized', 3)]);
    const payment = await run(client.payments.waitUntilFinal(leastBody, { timeoutMs: 3_500 }));
    expect(payment.status).toBe('authorized');
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(sent[0]?.headers.get('prefer')).toBe('wait=3');
  });

  it('fails as its creation does', async () => {
    const { client, failure } = scripted([problem('unknown_payment_method', 400)]);
    expect(await failure(client.payments.waitUntilFinal(leastBody))).toMatchObject({
      code: 'unknown_payment_method',
    });
  });
});
