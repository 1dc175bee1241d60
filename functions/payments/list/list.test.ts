import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { memoryApi } from '../../../test/support/api/memory-api.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';

/** An API whose list has five payments of `acme`, newest first in `ids`, and one of `globex`. */
async function aList() {
  const api = memoryApi();
  const nextStamp = countingStamps();
  const project = (event: PaymentEvent) => api.list.project(event, 1);
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) {
    const { event, after } = anAcceptedPayment(nextStamp, {}, { key: `key-${index}` });
    await project(event);
    ids.unshift(after.id);
  }
  await project(anAcceptedPayment(nextStamp, {}, { tenant: 'globex' }).event);
  const idsOf = (answer: Awaited<ReturnType<typeof api.page>>): string[] =>
    answer.json.data.map(({ id }: { id: string }) => id);
  return { api, ids, idsOf, nextStamp };
}

describe('GET /payments', () => {
  it('answers the tenant’s payments, newest first, and no stranger’s', async () => {
    const { api, ids, idsOf } = await aList();
    const answer = await api.page();
    expect(answer.status).toBe(200);
    expect(idsOf(answer)).toEqual(ids);
    expect(answer.json).toMatchObject({ object: 'list', next_cursor: null });
    expect(endpoints.listPayments.answers[200]?.safeParse(answer.json).success).toBe(true);
    expect((await api.page({}, 'globex')).json.data).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5])('gives each payment once in pages of %i, and stops', async (limit) => {
    const { api, ids, idsOf } = await aList();
    const found: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const answer = await api.page({
        limit: [String(limit)],
        ...(cursor === null ? {} : { cursor: [cursor] }),
      });
      found.push(...idsOf(answer));
      cursor = answer.json.next_cursor;
      pages += 1;
    } while (cursor !== null);
    expect(found).toEqual(ids);
    expect(pages).toBe(Math.ceil(5 / limit));
  });

  it('narrows by status', async () => {
    const { api, nextStamp } = await aList();
    const { after } = anAcceptedPayment(nextStamp, {}, { key: 'failed' });
    const failure = { code: 'c', message: 'm' };
    const failed = { ...after, status: 'failed', version: 2, failure } as const;
    await api.list.project({ tenant: 'acme', data: { payment: renderPayment(failed) } }, 1);
    expect((await api.page({ status: ['failed'] })).json.data).toEqual([renderPayment(failed)]);
    expect((await api.page({ status: ['processing'] })).json.data).toHaveLength(5);
    expect((await api.page({ status: ['captured'] })).json.data).toEqual([]);
  });

  it('is not entered by the cursor of another tenant further than by one’s own', async () => {
    const { api } = await aList();
    const { json } = await api.page({ limit: ['1'] });
    const theirs = await api.page({ cursor: [json.next_cursor] }, 'globex');
    expect(theirs.json.data.every(({ id }: { id: string }) => id !== json.data[0].id)).toBe(true);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '-1'],
    ['limit', '01'],
    ['limit', '1.5'],
    ['limit', '1e1'],
    ['limit', ' 1'],
    ['limit', ''],
    ['limit', 'all'],
    ['cursor', ''],
    ['cursor', 'a b'],
    ['cursor', 'x'.repeat(513)],
    ['cursor', Buffer.from('TENANT#globex').toString('base64url')],
    ['cursor', Buffer.from('2026-01-01T00:00:00.000Z#').toString('base64url')],
    ['status', 'done'],
    ['status', ''],
    ['status', 'processing,failed'],
    ['tenant', 'globex'],
  ])('refuses %s=%j, without an echo', async (name, value) => {
    const { api } = await aList();
    const answer = await api.page({ [name]: [value] });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request']);
    expect(answer.json.errors).toEqual([{ path: `?/${name}`, message: expect.any(String) }]);
    expect(value.length > 2 && answer.text.includes(value)).toBe(false);
  });

  it.each(['limit', 'cursor', 'status'])('refuses %s twice', async (name) => {
    const { api } = await aList();
    const answer = await api.page({ [name]: ['1', '1'] });
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, `?/${name}`]);
  });
});
