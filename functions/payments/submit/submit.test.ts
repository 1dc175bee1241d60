import { describe, expect, it, vi } from 'vitest';
import { securityHeaders } from '../../../shared/contracts/http-headers.ts';
import { paymentId } from '../../../shared/domain/ids.ts';
import {
  capture,
  expectReplay,
  leastBody,
  memoryApi,
  withKey,
} from '../../../test/support/api/memory-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';

describe('POST /payments', () => {
  it('takes a payment, with the defaults in it', async () => {
    const api = memoryApi();
    const answer = await api.pay(leastBody, withKey('k'));
    const id = paymentId('acme', 'k');
    expect(answer.status).toBe(202);
    expect(answer.headers).toEqual({
      'Content-Type': 'application/json',
      ...securityHeaders,
      'X-Correlation-Id': 'request-1',
      Location: `payments/${id}`,
    });
    expect(answer.json).toEqual({
      id,
      object: 'payment',
      status: 'processing',
      ...leastBody,
      amount_authorized: 0,
      amount_captured: 0,
      amount_refunded: 0,
      capture_method: 'automatic',
      merchant_reference: null,
      customer: null,
      metadata: {},
      failure: null,
      created: '2026-01-01T00:00:00.001Z',
      version: 1,
    });
    expect(api.store.allEvents).toEqual([
      expect.objectContaining({
        type: 'payment.accepted',
        sequence: 1,
        tenant: 'acme',
        subject: id,
        correlation_id: 'request-1',
        causation_id: 'request-1',
      }),
    ]);
    expect((await api.get(id)).text).toBe(answer.text);
  });

  it('joins what it leads to by the correlation id of the client', async () => {
    const api = memoryApi();
    const answer = await api.pay(leastBody, withKey('k', { 'X-Correlation-Id': 'order-7' }));
    expect(answer.headers).toMatchObject({ 'X-Correlation-Id': 'order-7' });
    expect(api.store.allEvents[0]).toMatchObject({
      correlation_id: 'order-7',
      causation_id: 'request-1',
    });
  });

  it('makes one network call before its 202', async () => {
    const store = memoryApi().store;
    const accept = vi.fn(store.accept);
    const load = vi.fn(store.load);
    const events = vi.fn(store.events);
    const api = memoryApi({ accept, load, events });
    await api.pay(leastBody, withKey('k'));
    await api.pay(leastBody, withKey('k'));
    expect([accept, load, events].map(({ mock }) => mock.calls.length)).toEqual([2, 0, 0]);
  });
});

describe('an idempotency key', () => {
  it('gets the first answer again, byte for byte, also after the end', async () => {
    const api = memoryApi();
    const body = { ...leastBody, metadata: { b: '1', a: '2' }, merchant_reference: 'r' };
    const first = await api.pay(body, withKey('k'));
    expectReplay(first, await api.pay(body, withKey('k')));
    await capture(api, first.json.id);
    expectReplay(first, await api.pay(body, withKey('k')));
    expect(api.store.allEvents).toHaveLength(3);
  });

  it('takes another order of members, white space and spelled-out defaults for the same body', async () => {
    const api = memoryApi();
    const first = await api.pay({ ...leastBody, metadata: { a: '1', b: '2' } }, withKey('k'));
    const others = [
      '{"metadata":{"b":"2","a":"1"},"payment_method":"tok_approve","currency":"EUR","amount":10000}',
      JSON.stringify(
        {
          ...leastBody,
          capture_method: 'automatic',
          merchant_reference: null,
          metadata: { b: '2', a: '1' },
        },
        null,
        4,
      ),
      '{"amount":10000,"currency":"EUR","payment_method":"tok_\\u0061pprove","metadata":{"a":"1","b":"2"}}',
    ];
    for (const other of others) {
      expectReplay(first, await api.pay(other, withKey('k')));
    }
  });

  it.each([
    ['amount', 10_001],
    ['currency', 'USD'],
    ['payment_method', 'tok_slow'],
    ['capture_method', 'manual'],
    ['merchant_reference', 'r'],
    ['metadata', { a: '' }],
  ])('is refused with another %s, without effect', async (field, value) => {
    const api = memoryApi();
    const first = await api.pay(leastBody, withKey('k'));
    const other = await api.pay({ ...leastBody, [field]: value }, withKey('k'));
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
    expect(other.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(other.headers).not.toHaveProperty('Location');
    expect(api.store.allEvents).toHaveLength(1);
    expectReplay(first, await api.pay(leastBody, withKey('k')));
  });

  it('makes one payment of ten requests at once, with ten equal answers', async () => {
    const api = memoryApi();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.pay(leastBody, withKey('k'))),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const fresh = answers.filter(({ headers }) => !('Idempotent-Replayed' in headers));
    expect(fresh).toHaveLength(1);
    expect(api.store.allEvents).toHaveLength(1);
  });

  it('can be used after a request that was refused, as if for the first time', async () => {
    const api = memoryApi();
    expect((await api.pay({ ...leastBody, amount: 0 }, withKey('k'))).status).toBe(400);
    const first = await api.pay(leastBody, withKey('k'));
    expect(first.status).toBe(202);
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  it('is its tenant’s own', async () => {
    const api = memoryApi();
    const mine = await api.pay(leastBody, withKey('k'));
    const theirs = await api.pay({ ...leastBody, amount: 1 }, withKey('k'), 'globex');
    expect([mine.status, theirs.status]).toEqual([202, 202]);
    expect(theirs.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(theirs.json.id).not.toBe(mine.json.id);
    expect(api.store.allEvents.map(({ tenant }) => tenant)).toEqual(['acme', 'globex']);
  });

  it('is told from one that differs in case', async () => {
    const api = memoryApi();
    const one = await api.pay(leastBody, withKey('key'));
    const other = await api.pay(leastBody, withKey('KEY'));
    expect(other.json.id).not.toBe(one.json.id);
  });

  it('is 400 when there is none, and before anything is stored', async () => {
    const api = memoryApi();
    const answer = await api.pay(leastBody, withKey(''));
    expect([answer.status, answer.json.code]).toEqual([400, 'idempotency_key_required']);
    expect(answer.json.errors[0].path).toBe('Idempotency-Key');
    expect(api.store.allEvents).toEqual([]);
  });

  describe('with logs', () => {
    const logs = recordLogs();
    it('is never stored, logged or answered as it is', async () => {
      const api = memoryApi();
      const key = 'a-key-that-stands-nowhere';
      const first = await api.pay(leastBody, withKey(key));
      await api.pay({ ...leastBody, amount: 1 }, withKey(key));
      const state = await api.store.load(first.json.id);
      expect(JSON.stringify([first, state, api.store.allEvents])).not.toContain(key);
      expect(logs.refusals()).toHaveLength(1);
      expect(logs.refusals()[0]).toMatchObject({
        code: 'idempotency_key_reused',
        tenant: 'acme',
        payment_id: first.json.id,
      });
      expect(logs.text()).not.toContain(key);
    });
  });
});

describe('a merchant reference', () => {
  const body = { ...leastBody, merchant_reference: 'order-1' };

  it('is one payment’s, and names it to the second', async () => {
    const api = memoryApi();
    const first = await api.pay(body, withKey('k1'));
    const second = await api.pay(body, withKey('k2'));
    expect([second.status, second.json.code]).toEqual([409, 'merchant_reference_taken']);
    expect(second.json.payment_id).toBe(first.json.id);
    expect(second.headers).not.toHaveProperty('Location');
    expect((await api.get(paymentId('acme', 'k2'))).status).toBe(404);
    expect(api.store.allEvents).toHaveLength(1);
  });

  it('does not stand in the way of its own payment’s replay', async () => {
    const api = memoryApi();
    const first = await api.pay(body, withKey('k1'));
    expectReplay(first, await api.pay(body, withKey('k1')));
  });

  it('that is another’s is second to a key that was used', async () => {
    const api = memoryApi();
    await api.pay(body, withKey('k1'));
    await api.pay(leastBody, withKey('k2'));
    const answer = await api.pay(body, withKey('k2'));
    expect([answer.status, answer.json.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('is its tenant’s own', async () => {
    const api = memoryApi();
    await api.pay(body, withKey('k1'));
    expect((await api.pay(body, withKey('k1'), 'globex')).status).toBe(202);
  });

  it('can be used again by the key that was refused, once it is another', async () => {
    const api = memoryApi();
    await api.pay(body, withKey('k1'));
    await api.pay(body, withKey('k2'));
    const other = await api.pay({ ...body, merchant_reference: 'order-2' }, withKey('k2'));
    expect(other.status).toBe(202);
  });

  it('has one payment when ten keys ask for it at once', async () => {
    const api = memoryApi();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => api.pay(body, withKey(`k${index}`))),
    );
    const [taken, ...more] = answers.filter(({ status }) => status === 202);
    expect(more).toEqual([]);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.map(({ json }) => json.payment_id)).toEqual(Array(9).fill(taken?.json.id));
  });
});
