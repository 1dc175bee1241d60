import { describe, expect, it } from 'vitest';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { capture, memoryApi } from '../../../test/support/api/memory-api.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { listPayments } from './list.ts';

type Query = Record<string, string>;

/** An API with payments of different customers, amounts, currencies and times, taken and listed. */
async function aSearch() {
  const api = memoryApi();
  const ids: string[] = [];
  for (const [index, body] of [
    { amount: 100, currency: 'CLP', customer: { id: 'cus_1' } },
    { amount: 200, currency: 'EUR', customer: { id: 'cus_2' }, merchant_reference: 'order 1' },
    { amount: 300, currency: 'CLP', customer: { id: 'cus_1' }, merchant_reference: 'order-2' },
    { amount: 400, currency: 'EUR' },
    { amount: 500, currency: 'CLP', customer: { id: 'cus_2' } },
  ].entries()) {
    const { json } = await api.pay({ payment_method: 'tok_approve', ...body });
    ids[index] = json.id;
  }
  for (const event of api.store.allEvents) {
    await api.list.project(event, 1);
  }
  const search = (query: Query, tenant: 'acme' | 'globex' = 'acme') =>
    api.page(
      Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
      tenant,
    );
  /** Which of the payments are found, by their numbers. */
  const found = async (query: Query): Promise<number[]> =>
    (await search(query)).json.data.map(({ id }: { id: string }) => ids.indexOf(id));
  const createdOf = (index: number) => api.store.allEvents[index]?.data.payment.created ?? '';
  return { api, ids, search, found, createdOf };
}

describe('GET /payments with filters', () => {
  it('finds what meets all of them, newest first', async () => {
    const { found } = await aSearch();
    expect(await found({ customer: 'cus_1' })).toEqual([2, 0]);
    expect(await found({ currency: 'CLP' })).toEqual([4, 2, 0]);
    expect(await found({ customer: 'cus_2', currency: 'CLP' })).toEqual([4]);
    expect(await found({ merchant_reference: 'order 1' })).toEqual([1]);
    expect(await found({ merchant_reference: 'order 1', currency: 'CLP' })).toEqual([]);
    expect(await found({ merchant_reference: 'order-3' })).toEqual([]);
    expect(await found({ status: 'processing', amount_min: '400' })).toEqual([4, 3]);
    expect(await found({ status: 'captured' })).toEqual([]);
  });

  it('has both ends of amounts, and the first of times', async () => {
    const { found, createdOf } = await aSearch();
    expect(await found({ amount_min: '200', amount_max: '400' })).toEqual([3, 2, 1]);
    expect(await found({ amount_min: '300', amount_max: '300' })).toEqual([2]);
    const [from, to] = [createdOf(1), createdOf(3)];
    expect(await found({ created_from: from, created_to: to })).toEqual([2, 1]);
    expect(await found({ created_from: from, created_to: from })).toEqual([]);
    expect(await found({ created_from: to })).toEqual([4, 3]);
  });

  it('takes times in any offset', async () => {
    const { found, createdOf } = await aSearch();
    const shifted = new Date(Date.parse(createdOf(2)) + 5.5 * 3_600_000).toISOString();
    expect(await found({ created_from: shifted.replace('Z', '+05:30') })).toEqual([4, 3, 2]);
    expect(await found({ created_from: '2000-01-01T00:00:00Z' })).toHaveLength(5);
  });

  it('finds nothing of a stranger’s, by reference either', async () => {
    const { search } = await aSearch();
    for (const query of [{ merchant_reference: 'order 1' }, { customer: 'cus_1' }] as Query[]) {
      expect((await search(query, 'globex')).json.data).toEqual([]);
    }
  });

  it.each([
    ['amount_min', '0'],
    ['amount_min', '1.5'],
    ['amount_max', '1000000000001'],
    ['amount_max', 'many'],
    ['currency', 'eur'],
    ['currency', 'XXL'],
    ['customer', 'a b'],
    ['customer', ''],
    ['merchant_reference', ''],
    ['merchant_reference', 'x'.repeat(65)],
    ['created_from', '2025-10-20'],
    ['created_from', '2026-11-21T10:00:00'],
    ['created_from', '2026-02-30T10:00:00Z'],
    ['created_from', '9999-12-31T23:59:59-23:59'],
    ['created_to', '0000-01-01T00:00:00+00:01'],
    ['created_to', '2026-11-21T10:00:00.1234Z'],
    ['created_to', 'tomorrow'],
    ['min_version', '1'],
    ['min_version', '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd'],
    ['min_version', '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd:0'],
    ['min_version', '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd:01'],
  ])('refuses %s=%j, without an echo', async (name, value) => {
    const { search } = await aSearch();
    const answer = await search({ [name]: value });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request']);
    expect(answer.json.errors).toEqual([{ path: `?/${name}`, message: expect.any(String) }]);
    expect(value.length > 2 && answer.text.includes(value)).toBe(false);
  });

  it('refuses ranges that end before they begin, all of them at once', async () => {
    const { search } = await aSearch();
    const answer = await search({
      amount_min: '2',
      amount_max: '1',
      created_from: '2026-01-02T00:00:00Z',
      created_to: '2026-01-01T00:00:00Z',
    });
    expect(answer.status).toBe(400);
    expect(answer.json.errors.map(({ path }: { path: string }) => path)).toEqual([
      '?/amount_min',
      '?/created_from',
    ]);
  });
});

describe('the cursor of a search', () => {
  it('goes on in its own search, with another limit too', async () => {
    const { search, ids } = await aSearch();
    const first = await search({ currency: 'CLP', limit: '1' });
    const rest = await search({ currency: 'CLP', limit: '9', cursor: first.json.next_cursor });
    expect(rest.json.data.map(({ id }: { id: string }) => ids.indexOf(id))).toEqual([2, 0]);
    expect(rest.json.next_cursor).toBeNull();
  });

  it.each([
    [{ currency: 'CLP' }, {}],
    [{ currency: 'CLP' }, { currency: 'EUR' }],
    [{ currency: 'CLP' }, { currency: 'CLP', status: 'processing' }],
    [{}, { currency: 'CLP' }],
    [{ customer: 'cus_1' }, { merchant_reference: 'cus_1' }],
    [{ amount_min: '100' }, { amount_max: '100' }],
  ] as [Query, Query][])('of %j is refused with %j', async (of, other) => {
    const { search } = await aSearch();
    const { json } = await search({ ...of, limit: '1' });
    const answer = await search({ ...other, cursor: json.next_cursor });
    expect([answer.status, answer.json.errors]).toEqual([
      400,
      [{ path: '?/cursor', message: 'is of a search with other filters' }],
    ]);
  });

  it('is that of before there were filters, for the list without any', async () => {
    const { search, ids, createdOf } = await aSearch();
    const cursor = Buffer.from(`${createdOf(1)}#${ids[1]}`).toString('base64url');
    const { json } = await search({ cursor });
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
  });
});

describe('GET /payments?min_version', () => {
  /** A payment of `acme` that is stored at version 3; the list has it when `lists` says so. */
  async function aWaiting({ remainingMs = 5_000, lists = async (_ms: number) => {} } = {}) {
    const api = memoryApi();
    const change = anAcceptedPayment(countingStamps());
    await api.store.accept(change);
    await capture(api, change.after.id);
    let nowMs = 0;
    const answer = listPayments({
      ...api.list,
      ...api.store,
      nowMs: () => nowMs,
      pause: async (ms) => {
        nowMs += ms;
        await lists(nowMs);
      },
      remainingMs: () => remainingMs - nowMs,
    });
    const list = (version = 1, filters: object = {}, tenant = 'acme') =>
      answer({
        tenant,
        query: { limit: 20, min_version: { paymentId: change.after.id, version }, ...filters },
      } as never);
    const project = (part: object = {}) =>
      api.list.project(
        { tenant: 'acme', data: { payment: { ...renderPayment(change.after), ...part } } },
        1,
      );
    return { api, list, project, payment: change.after, passedMs: () => nowMs };
  }

  it('answers at once when the list is so far', async () => {
    const { list, project, payment, passedMs } = await aWaiting();
    await project();
    expect(await list()).toMatchObject({ status: 200, body: { data: [{ id: payment.id }] } });
    expect(passedMs()).toBe(0);
  });

  it('waits until the list is so far, or further', async () => {
    const waiting: { project?: (part: object) => Promise<boolean> } = {};
    const { list, project, passedMs } = await aWaiting({
      lists: async (ms) => {
        await waiting.project?.({ version: ms > 900 ? 3 : 1 });
      },
    });
    waiting.project = project;
    expect(await list(2)).toMatchObject({ status: 200, body: { data: [{ version: 3 }] } });
    expect(passedMs()).toBeGreaterThan(900);
    expect(passedMs()).toBeLessThan(2_000);
  });

  it('says how far the list is when its time is over, and when to ask again', async () => {
    for (const [isListed, version] of [
      [false, 0],
      [true, 1],
    ] as const) {
      const { list, project, passedMs } = await aWaiting();
      if (isListed) {
        await project();
      }
      await expect(list(2)).rejects.toMatchObject({
        code: 'version_not_reached',
        members: { version },
        headers: { 'Retry-After': '1' },
      });
      expect(passedMs()).toBeGreaterThan(2_000);
      expect(passedMs()).toBeLessThanOrEqual(3_000);
    }
  });

  it('does not wait for what the payment itself has not come to, and says how far it has', async () => {
    const { list, project, passedMs } = await aWaiting();
    await project();
    for (const version of [4, 9_999_999]) {
      await expect(list(version)).rejects.toMatchObject({
        code: 'version_not_reached',
        members: { version: 3 },
        headers: { 'Retry-After': '1' },
      });
    }
    await expect(list(9_999_999, {}, 'globex')).rejects.toMatchObject({ code: 'not_found' });
    expect(passedMs()).toBe(0);
  });

  it('waits no longer than leaves time to answer', async () => {
    const { list, passedMs } = await aWaiting({ remainingMs: 2_000 });
    await expect(list()).rejects.toMatchObject({ code: 'version_not_reached' });
    expect(passedMs()).toBeLessThanOrEqual(500);
    const late = await aWaiting({ remainingMs: 1_000 });
    await expect(late.list()).rejects.toMatchObject({ code: 'version_not_reached' });
    expect(late.passedMs()).toBe(0);
  });

  it('knows a stranger’s payment as little as one that nobody made', async () => {
    const { api, list, payment } = await aWaiting();
    await expect(list(1, {}, 'globex')).rejects.toMatchObject({ code: 'not_found' });
    const foreign = await api.page({ min_version: [`${payment.id}:1`] }, 'globex');
    const nobodys = await api.page({ min_version: ['00000000-0000-8000-8000-000000000000:1'] });
    expect([foreign.status, nobodys.status]).toEqual([404, 404]);
    expect(foreign.text).toBe(nobodys.text);
  });

  it('filters what it waited for as it is, whatever an index knows', async () => {
    const { list, project, payment } = await aWaiting();
    await project();
    await project({ version: 2, status: 'captured' });
    expect(await list(2, { status: 'processing' })).toMatchObject({ body: { data: [] } });
    expect(await list(2, { status: 'captured' })).toMatchObject({
      body: { data: [{ id: payment.id, version: 2 }] },
    });
  });
});
