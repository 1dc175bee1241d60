import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { Payout } from '../../../shared/contracts/payouts/payouts.ts';
import { allActs } from '../../../shared/domain/operator-log/list.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import { Headers } from '../../../shared/runtime/http/request.ts';
import { aPrincipal } from '../../../test/support/api/access.ts';
import { expectReplay } from '../../../test/support/api/memory-api.ts';
import { memoryPayoutApi } from '../../../test/support/api/payout-api.ts';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { countingStamps } from '../../../test/support/payments/payments.ts';
import { type PayoutFactName, payoutFacts } from '../../../test/support/payouts.ts';
import { createPayout } from './create.ts';

const body = { amount: 9_710, currency: 'EUR', destination: 'ba_approve' };

/** Takes the payout on, as its saga would; `given` is nothing of the ledger's. */
async function advance(
  { store, nextStamp }: ReturnType<typeof memoryPayoutApi>,
  id: string,
  ...names: readonly PayoutFactName[]
): Promise<void> {
  for (const name of names) {
    const payout = await store.load(id);
    if (payout) {
      const change = changePayout(payout, payoutFacts[name], nextStamp());
      await store.append({ ...change, transfers: [] });
    }
  }
}

describe('POST /payouts', () => {
  it('takes a payout and answers with it', async () => {
    const { post, store } = memoryPayoutApi();
    const answer = await post('/payouts', { ...body, metadata: { run: '7' } });
    expect(answer).toMatchObject({
      status: 202,
      headers: { Location: `payouts/${answer.json.id}` },
      json: {
        object: 'payout',
        status: 'processing',
        ...body,
        metadata: { run: '7' },
        failure: null,
        version: 1,
      },
    });
    expect(Payout.safeParse(answer.json).success).toBe(true);
    expect(store.allEvents.map(({ type, causation_id }) => [type, causation_id])).toEqual([
      ['payout.requested', 'request-1'],
    ]);
  });

  it('answers the same request with the first answer, byte for byte, however far it is', async () => {
    const api = memoryPayoutApi();
    const first = await api.post('/payouts', body);
    await advance(api, first.json.id, 'reserved', 'sending', 'sent');
    expectReplay(first, await api.post('/payouts', { ...body, metadata: {} }));
    expect(api.store.allEvents).toHaveLength(4);
  });

  it('makes one payout of ten requests at once', async () => {
    const api = memoryPayoutApi();
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post('/payouts', body)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['Idempotent-Replayed'])).toHaveLength(9);
    expect(api.store.allEvents).toHaveLength(1);
  });

  it('refuses another body under the key, and does nothing', async () => {
    const api = memoryPayoutApi();
    await api.post('/payouts', body);
    const answer = await api.post('/payouts', { ...body, amount: 9_709 });
    expect(answer).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    expect(api.store.allEvents).toHaveLength(1);
  });

  it('keeps the keys of two tenants apart', async () => {
    const { post } = memoryPayoutApi();
    const [one, other] = [await post('/payouts', body), await post('/payouts', body, {}, 'globex')];
    expect(other.status).toBe(202);
    expect(other.json.id).not.toBe(one.json.id);
  });

  it('refuses a request without a usable key', async () => {
    const { post, store } = memoryPayoutApi();
    const answer = await post('/payouts', body, { 'Idempotency-Key': ['a', 'b'] });
    expect(answer).toMatchObject({ status: 400, json: { code: 'idempotency_key_required' } });
    expect(store.allEvents).toEqual([]);
  });

  it.each([
    ['an IBAN', 'ba_DE89370400440532013000', 'invalid_request'],
    ['a card number', 'ba_4111111111111111', 'card_data_refused'],
  ])('refuses %s as a destination, and does not echo it', async (_name, destination, code) => {
    const { post, store } = memoryPayoutApi();
    const answer = await post('/payouts', { ...body, destination });
    expect(answer).toMatchObject({
      status: 400,
      json: { code, errors: [{ path: '/destination' }] },
    });
    expect(answer.text).not.toContain(destination.slice(3));
    expect(store.allEvents).toEqual([]);
  });
});

describe('the record of who asked for a payout', () => {
  it('says who, what and when, before the payout is written', async () => {
    const { post, acts } = memoryPayoutApi({
      replaced: { accept: () => Promise.reject(new Error('died')) },
    });
    expect((await post('/payouts', body)).status).toBe(500);
    const [act, ...more] = await acts();
    expect(more).toEqual([]);
    expect(act).toMatchObject({
      by: 'key:acme',
      action: 'payout.create',
      reason: '',
      details: {
        tenant: 'acme',
        amount: '9710',
        currency: 'EUR',
        destination: 'ba_approve',
        request_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('has a payout once, under its id, however often and whenever it is asked for', async () => {
    const { post, acts } = memoryPayoutApi();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/payouts', body)));
    await post('/payouts', body);
    expect((await acts()).map(({ subject }) => subject)).toEqual([answers[0]?.json.id]);
  });

  it('takes one that died before it was written for the same', async () => {
    const accept = vi.fn(memoryPayoutStore().accept);
    accept.mockRejectedValueOnce(new Error('died'));
    const { post, acts } = memoryPayoutApi({ replaced: { accept } });
    expect((await post('/payouts', body)).status).toBe(500);
    expect((await post('/payouts', body)).status).toBe(202);
    expect(await acts()).toHaveLength(1);
  });

  it('has each who asked for one that was not written yet', async () => {
    const log = memoryOperatorLog();
    const { accept, load } = memoryPayoutStore();
    const dying = vi.fn(accept).mockRejectedValueOnce(new Error('died'));
    const create = createPayout({
      accept: dying,
      load,
      log: log.append,
      nextStamp: countingStamps(),
    });
    const by = (id: string) =>
      create({
        ...anHttpRequest({ principal: aPrincipal('acme', { id }) }),
        headers: new Headers({ headers: { 'Idempotency-Key': 'key-1' }, multiValueHeaders: {} }),
        body: { ...body, currency: 'EUR', metadata: {} },
      });
    await expect(by('key:old')).rejects.toThrow('died');
    expect((await by('key:new')).status).toBe(202);
    expect((await allActs(log)).map((act) => act.by)).toEqual(['key:new', 'key:old']);
  });

  it('says nothing of a request that is refused, or that comes under the key of another', async () => {
    const { post, acts } = memoryPayoutApi();
    await post('/payouts', body);
    const before = await acts();
    expect((await post('/payouts', { ...body, amount: 1 })).status).toBe(422);
    expect((await post('/payouts', { ...body, amount: 0 })).status).toBe(400);
    expect(await acts()).toEqual(before);
  });

  it('must be there: without it nothing is paid out', async () => {
    const { post, store } = memoryPayoutApi({
      log: () => Promise.reject(Object.assign(new Error('busy'), { name: 'Contention' })),
    });
    expect((await post('/payouts', body)).status).toBe(503);
    expect(store.allEvents).toEqual([]);
  });
});

describe('POST /payouts with Prefer: wait', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each<[string, readonly PayoutFactName[], string]>([
    ['in transit', ['reserved', 'sending', 'sent'], 'in_transit'],
    ['paid', ['reserved', 'sending', 'paid'], 'paid'],
    ['failed', ['failed'], 'failed'],
  ])('answers 200 at once when it is %s', async (_name, names, status) => {
    const api = memoryPayoutApi();
    const first = await api.post('/payouts', body);
    await advance(api, first.json.id, ...names);
    const answer = await api.post('/payouts', body, { Prefer: 'wait=5' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'Preference-Applied': 'wait=5', 'Idempotent-Replayed': 'true' },
      json: { id: first.json.id, status },
    });
  });
});
