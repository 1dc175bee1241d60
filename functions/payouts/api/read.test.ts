import { describe, expect, it, vi } from 'vitest';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { memoryPayoutApi } from '../../../test/support/api/payout-api.ts';
import { countingStamps } from '../../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../../test/support/payouts.ts';

const body = { amount: 9_710, currency: 'EUR', destination: 'ba_approve' };

async function anApi(payouts: number) {
  const api = memoryPayoutApi();
  const ids: string[] = [];
  for (let index = 0; index < payouts; index++) {
    const answer = await api.post('/payouts', body, { 'Idempotency-Key': `key-${index}` });
    ids.push(answer.json.id);
  }
  return { ...api, ids };
}

describe('GET /payouts/{payout_id}', () => {
  it('answers with the payout as it is now, and its version as ETag', async () => {
    const { get, ids } = await anApi(1);
    const answer = await get('/payouts/{payout_id}', {
      pathParameters: { payout_id: ids[0] ?? '' },
    });
    expect(answer).toMatchObject({
      status: 200,
      headers: { ETag: '"1"' },
      json: { id: ids[0], ...body },
    });
  });

  it('answers 304 to who has that version', async () => {
    const { get, ids } = await anApi(1);
    const pathParameters = { payout_id: ids[0] ?? '' };
    const read = (etag: string) =>
      get('/payouts/{payout_id}', { pathParameters, headers: { 'If-None-Match': etag } });
    expect(await read('"1"')).toMatchObject({ status: 304, text: '' });
    expect(await read('"2"')).toMatchObject({ status: 200 });
  });

  it.each(['/payouts/{payout_id}', '/payouts/{payout_id}/events'] as const)(
    '%s finds no stranger’s payout, to the letter as none at all',
    async (path) => {
      const { get, ids } = await anApi(1);
      const read = (payout_id: string, tenant: 'acme' | 'globex') =>
        get(path, { pathParameters: { payout_id } }, tenant);
      const strangers = await read(ids[0] ?? '', 'globex');
      expect(strangers).toMatchObject({ status: 404, json: { code: 'not_found' } });
      const nobodys = await read('01900000-0000-8000-8000-000000000000', 'acme');
      const formless = await read('x', 'acme');
      expect([nobodys.text, formless.text]).toEqual([strangers.text, strangers.text]);
    },
  );
});

describe('a stranger’s payout', () => {
  it.each([
    ['/payouts/{payout_id}', {}],
    ['/payouts/{payout_id}', { at_version: ['1'] }],
    ['/payouts/{payout_id}', { at_version: ['9'] }],
    ['/payouts/{payout_id}/events', {}],
  ] as const)(
    'costs one read of a state, as one of nobody does: %s with %j',
    async (path, query) => {
      const store = memoryPayoutStore();
      const load = vi.fn(store.load);
      const [event, eventPage] = [vi.fn(store.event), vi.fn(store.eventPage)];
      const { get } = memoryPayoutApi({ replaced: { ...store, load, event, eventPage } });
      const requested = aRequestedPayout(countingStamps());
      await store.accept(requested);
      for (const payout_id of [requested.after.id, '01900000-0000-8000-8000-000000000000']) {
        load.mockClear();
        const answer = await get(path, { pathParameters: { payout_id }, query }, 'globex');
        expect(answer.status).toBe(404);
        expect(load.mock.calls).toEqual([[payout_id]]);
        expect([event.mock.calls, eventPage.mock.calls]).toEqual([[], []]);
      }
    },
  );
});

describe('GET /payouts/{payout_id}/events', () => {
  it('answers with what happened, in order', async () => {
    const { get, ids, store } = await anApi(1);
    const answer = await get('/payouts/{payout_id}/events', {
      pathParameters: { payout_id: ids[0] ?? '' },
    });
    expect(answer.json).toEqual({ object: 'list', data: store.allEvents, next_cursor: null });
  });
});

describe('a version of a payout', () => {
  it('is read by its number, as its event left it, and not before it has come', async () => {
    const { get, ids, store } = await anApi(1);
    const read = (query: Record<string, string[]>) =>
      get('/payouts/{payout_id}', { pathParameters: { payout_id: ids[0] ?? '' }, query });
    const first = await read({ at_version: ['1'] });
    expect([first.text, first.headers.ETag]).toEqual([
      JSON.stringify(store.allEvents[0]?.data.payout),
      '"1"',
    ]);
    for (const name of ['at_version', 'min_version']) {
      expect(await read({ [name]: ['2'] })).toMatchObject({ status: 409, json: { version: 1 } });
    }
    expect((await read({ min_version: ['1'] })).status).toBe(200);
  });
});

describe('GET /payouts', () => {
  it('lists the tenant’s own, newest first, page by page', async () => {
    const { get, post, ids } = await anApi(5);
    await post('/payouts', body, {}, 'globex');
    const seen: string[][] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string[]> = {
        limit: ['2'],
        ...(cursor ? { cursor: [cursor] } : {}),
      };
      const { json } = await get('/payouts', { query });
      seen.push(json.data.map(({ id }: { id: string }) => id));
      cursor = json.next_cursor;
    } while (cursor);
    const [a, b, c, d, e] = ids;
    expect(seen).toEqual([[e, d], [c, b], [a]]);
  });

  it('has no page behind one that is just full', async () => {
    const { get } = await anApi(2);
    const { json } = await get('/payouts', { query: { limit: ['2'] } });
    expect(json).toMatchObject({ object: 'list', next_cursor: null });
    expect(json.data).toHaveLength(2);
  });

  it('refuses a cursor of another list', async () => {
    const { get } = await anApi(0);
    const cursor = Buffer.from('2026-01-01#x').toString('base64url');
    expect(await get('/payouts', { query: { cursor: [cursor] } })).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ path: '?/cursor' }] },
    });
  });
});
