import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Payout } from '../../../shared/contracts/payouts.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import { expectReplay } from '../../../test/support/api/memory-api.ts';
import { memoryPayoutApi } from '../../../test/support/api/payout-api.ts';
import { type PayoutFactName, payoutFacts } from '../../../test/support/payouts.ts';

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
