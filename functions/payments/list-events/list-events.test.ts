import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { capture, memoryApi } from '../../../test/support/api/memory-api.ts';

describe('GET /payments/{payment_id}/events', () => {
  it('answers what happened to one payment, in order, as the contract says', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    await api.pay();
    await capture(api, json.id);
    const answer = await api.events(json.id);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      object: 'list',
      data: api.store.allEvents.filter(({ subject }) => subject === json.id),
      next_cursor: null,
    });
    expect(answer.json.data.map(({ sequence }: { sequence: number }) => sequence)).toEqual([
      1, 2, 3,
    ]);
    expect(endpoints.listPaymentEvents.answers[200]?.safeParse(answer.json).success).toBe(true);
  });

  it.each([1, 2, 3, 4])('gives each event once in pages of %i, and stops', async (limit) => {
    const api = memoryApi();
    const { json } = await api.pay();
    await capture(api, json.id);
    const found: unknown[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const query: Record<string, string[]> = {
        limit: [String(limit)],
        ...(cursor === null ? {} : { cursor: [cursor] }),
      };
      const answer = await api.events(json.id, { query });
      found.push(...answer.json.data);
      cursor = answer.json.next_cursor;
      pages += 1;
    } while (cursor !== null);
    expect(found).toEqual(api.store.allEvents);
    expect(pages).toBe(Math.ceil(3 / limit));
  });

  it('gives a hundred unless told otherwise, which is all of nearly each', async () => {
    const asked: number[] = [];
    const api = memoryApi({
      eventPage: async ({ limit }) => {
        asked.push(limit);
        return { events: [], next: null };
      },
    });
    const { json } = await api.pay();
    await api.events(json.id);
    expect(asked).toEqual([100]);
  });

  it('hands a stranger nothing for a cursor of the payment', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    await capture(api, json.id);
    const { json: first } = await api.events(json.id, { query: { limit: ['1'] } });
    const query = { cursor: [first.next_cursor] };
    expect((await api.events(json.id, { query })).json.data).toHaveLength(2);
    expect((await api.events(json.id, { query }, 'globex')).status).toBe(404);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'all'],
    ['cursor', 'x'],
    ['cursor', Buffer.from('0').toString('base64url')],
    ['cursor', Buffer.from('1#2').toString('base64url')],
    ['status', 'captured'],
  ])('refuses %s=%j', async (name, value) => {
    const api = memoryApi();
    const { json } = await api.pay();
    const answer = await api.events(json.id, { query: { [name]: [value] } });
    expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, `?/${name}`]);
  });
});
