import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentChange } from '../../../shared/domain/payment/change.ts';
import { metrics } from '../../../shared/runtime/observability.ts';
import { expectReplay, withKey } from '../../../test/support/api/memory-api.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anApiWith, takeAlong } from '../../../test/support/payments/operations.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn() }));

const authorized = ['reserved', 'authorized'] as const;
const captured = ['reserved', 'captured'] as const;

describe('an idempotency key on a payment', () => {
  it.each([
    ['capture', authorized, { amount: 4_000 }],
    ['cancel', authorized, { reason: 'sold out' }],
    ['refund', captured, { amount: 3_000, reason: 'returned' }],
  ] as const)(
    'of a %s makes one operation of ten requests at once, with ten equal answers',
    async (kind, names, body) => {
      const { api, id, since } = await anApiWith(names);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => api.ask(kind, id, body, withKey('k'))),
      );
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      const fresh = answers.filter(({ headers }) => !('Idempotent-Replayed' in headers));
      expect(fresh).toHaveLength(1);
      expect(since()).toHaveLength(1);
    },
  );

  it('gets the first answer again, byte for byte, also after the end', async () => {
    const { api, id, since } = await anApiWith(authorized);
    const first = await api.ask('capture', id, { amount: 4_000 }, withKey('k'));
    expectReplay(first, await api.ask('capture', id, { amount: 4_000 }, withKey('k')));
    const of = { operation_id: first.json.id };
    await takeAlong(
      api,
      id,
      { type: 'payment.operation_started', facts: { ...of, execution: 'e2' } },
      { ...facts.captureDeclined, facts: { ...facts.captureDeclined.facts, ...of } },
      { ...facts.captureFailed, facts: { ...facts.captureFailed.facts, ...of } },
    );
    expectReplay(first, await api.ask('capture', id, { amount: 4_000 }, withKey('k')));
    expectReplay(
      first,
      await api.ask('capture', id, '{"amount":4000,"final":false}', withKey('k')),
    );
    expect(since()).toHaveLength(4);
  });

  it('is counted when it is used again', async () => {
    const { api, id } = await anApiWith(authorized);
    const counted = vi.spyOn(metrics, 'addMetric');
    await api.ask('capture', id, {}, withKey('k'));
    expect(counted).not.toHaveBeenCalled();
    await api.ask('capture', id, {}, withKey('k'));
    expect(counted.mock.calls).toEqual([['IdempotentReplay', 'Count', 1]]);
    counted.mockRestore();
  });

  it('is refused with another body, without effect', async () => {
    const { api, id, since } = await anApiWith(authorized);
    await api.ask('capture', id, { amount: 4_000 }, withKey('k'));
    for (const body of [{}, { amount: 4_001 }, { amount: 4_000, final: true }]) {
      const other = await api.ask('capture', id, body, withKey('k'));
      expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
      expect(other.headers).not.toHaveProperty('Location');
      expect(other.headers).not.toHaveProperty('Idempotent-Replayed');
    }
    expect(since()).toHaveLength(1);
  });

  it('is its payment’s and its route’s own', async () => {
    const { api, id, since } = await anApiWith([
      ...authorized,
      'captureRequested',
      'captureStarted',
      'capturedPart',
    ]);
    const answers = [
      await api.ask('refund', id, { amount: 1 }, withKey('k')),
      await api.ask('capture', id, { amount: 1 }, withKey('k')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.json.id).not.toBe(answers[1]?.json.id);
    expect(since()).toHaveLength(2);
  });

  it('can be used again after a refusal, as if for the first time', async () => {
    const { api, id } = await anApiWith(authorized);
    expect((await api.ask('capture', id, { amount: 10_001 }, withKey('k'))).status).toBe(409);
    const first = await api.ask('capture', id, { amount: 10_000 }, withKey('k'));
    expect(first.status).toBe(202);
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  it.each(['', 'a,b', 'x'.repeat(256)])('is 400 when it is %j', async (key) => {
    const { api, id, since } = await anApiWith(authorized);
    const answer = await api.ask('capture', id, {}, withKey(key));
    expect([answer.status, answer.json.code]).toEqual([400, 'idempotency_key_required']);
    expect(since()).toEqual([]);
  });
});

describe('requests that race', () => {
  it('for a refund never pass what was captured, and each says why', async () => {
    const { api, id, payment } = await anApiWith(captured);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.ask('refund', id, { amount: 3_000 })),
    );
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(3);
    for (const { json } of answers.filter(({ status }) => status !== 202)) {
      expect(json).toMatchObject({ code: 'amount_too_large', available: 1_000 });
    }
    const sum = (await payment()).operations.reduce(
      (total, { amountMinor }) => total + amountMinor,
      0,
    );
    expect(sum).toBe(9_000);
  });

  it('for all that is left are one refund and refusals', async () => {
    const { api, id } = await anApiWith(captured);
    const answers = await Promise.all([api.ask('refund', id), api.ask('refund', id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  });

  it('are a capture or a cancellation, never both', async () => {
    const { api, id, since } = await anApiWith(authorized);
    const answers = await Promise.all([api.ask('capture', id), api.ask('cancel', id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(since()).toHaveLength(1);
  });

  it('are decided anew, after a pause, and are 503 when others come first each time', async () => {
    const append = vi.fn(async () => 'conflict' as const);
    const { api, id } = await anApiWith(authorized, { append });
    const answer = await api.ask('capture', id);
    expect([answer.status, answer.json.code]).toEqual([503, 'temporarily_unavailable']);
    expect(answer.headers).not.toHaveProperty('Location');
    expect(append).toHaveBeenCalledTimes(12);
    const tried = append.mock.calls as unknown as [PaymentChange][];
    expect(new Set(tried.map(([{ event }]) => event.id)).size).toBe(12);
  });

  it('are 503 when the store was in contention all the time', async () => {
    const contention = Object.assign(new Error('8 tries'), { name: 'Contention' });
    const { api, id } = await anApiWith(authorized, { append: () => Promise.reject(contention) });
    const answer = await api.ask('capture', id);
    expect([answer.status, answer.json.code]).toEqual([503, 'temporarily_unavailable']);
  });
});

describe('Prefer: wait on a payment', () => {
  // Waiting is a mock that lets the clock go on: no test waits.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.mocked(delay).mockReset();
  });

  function onEachWait(act: (waits: number) => Promise<void> = async () => {}): number[] {
    const waited: number[] = [];
    vi.mocked(delay).mockImplementation(async (ms) => {
      waited.push(ms ?? 0);
      vi.setSystemTime(Date.now() + (ms ?? 0));
      await act(waited.length);
    });
    return waited;
  }

  it('answers 200 with the operation as soon as it has ended', async () => {
    const { api, id, payment } = await anApiWith(captured);
    const waited = onEachWait(async (waits) => {
      const [operation] = (await payment()).operations;
      const of = { operation_id: operation?.id ?? '', amount: 3_000 };
      if (waits === 2) {
        await takeAlong(
          api,
          id,
          { type: 'payment.refund_held', facts: { ...of, execution: 'e2' } },
          { type: 'payment.refunded', facts: { ...of, provider: 'psp' } },
        );
      }
    });
    const sent = { headers: { 'Idempotency-Key': 'k', Prefer: 'wait=5' } };
    const answer = await api.ask('refund', id, { amount: 3_000 }, sent);
    expect(waited).toHaveLength(2);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ object: 'refund', status: 'succeeded', amount: 3_000 });
    expect(answer.headers).toMatchObject({
      'Preference-Applied': 'wait=5',
      Location: `refunds/${answer.json.id}`,
    });
    const again = await api.ask('refund', id, { amount: 3_000 }, sent);
    expect([again.status, again.text]).toEqual([200, answer.text]);
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    expect((await api.asked('refunds', id, answer.json.id)).text).toBe(answer.text);
  });

  it('answers 202 with the first answer when it has not ended in time', async () => {
    const { api, id } = await anApiWith(authorized);
    const waited = onEachWait();
    const answer = await api.ask(
      'cancel',
      id,
      {},
      {
        headers: { 'Idempotency-Key': 'k', Prefer: 'wait=2' },
      },
    );
    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(2_000);
    expect([answer.status, answer.json.status]).toEqual([202, 'processing']);
    expect(answer.headers).not.toHaveProperty('Preference-Applied');
    expectReplay(answer, await api.ask('cancel', id, {}, withKey('k')));
  });

  it('does not hold an answer that is refused', async () => {
    const { api, id } = await anApiWith(captured);
    const waited = onEachWait();
    const answer = await api.ask('capture', id, {}, { headers: { Prefer: 'wait=5' } });
    expect([answer.status, waited]).toEqual([409, []]);
  });
});
