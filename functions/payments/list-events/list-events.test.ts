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

  it('takes no parameters', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const answer = await api.events(json.id, { query: { limit: ['1'] } });
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, '?/limit']);
  });
});
