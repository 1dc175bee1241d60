import { describe, expect, it } from 'vitest';
import { aSimulator } from '../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: true,
};
const totalsOf = (authorized: number) => ({
  EUR: { authorized, captured: authorized, voided: 0, refunded: 0, disputed: 0 },
});

describe('the two PSPs', () => {
  it('show a double charge: one operation that took effect at both', async () => {
    const { post, get } = aSimulator();
    expect((await post('/charges', asked)).json.id).toBe('ch_1');
    expect((await post('/b/charges', asked)).status).toBe(200);
    for (const root of ['', '/b']) {
      expect((await get(`${root}/operations/op-1`)).json).toMatchObject({ effects: 1 });
      expect((await get(`${root}/totals`)).json).toEqual(totalsOf(10_000));
      expect((await get(`${root}/charges?reference=pay-1`)).status).toBe(200);
    }
  });

  it('keep charges, operations and totals of their own', async () => {
    const { post, get } = aSimulator();
    const { json } = await post('/b/charges', { ...asked, capture: false });
    expect((await get('/charges?reference=pay-1')).status).toBe(404);
    expect((await get('/operations/op-1')).json).toMatchObject({ effects: 0, outcome: null });
    expect((await get('/totals')).json).toEqual({});
    const capture = { operation_id: 'op-2' };
    expect((await post(`/charges/${json.id}/capture`, capture)).status).toBe(404);
    expect((await post(`/b/charges/${json.id}/capture`, capture)).status).toBe(200);
    expect((await get('/b/totals')).json).toEqual(totalsOf(10_000));
    // The id is free at the first PSP for another request.
    expect((await post('/charges', { ...asked, amount: 1 })).status).toBe(200);
  });

  it('sign their notices with their own names', async () => {
    const { post, notices } = aSimulator();
    const { json } = await post('/b/charges', {
      ...asked,
      payment_method: 'tok_duplicate_webhook',
    });
    await post(`/b/charges/${json.id}/disputes`, { operation_id: 'op-2', reason: 'fraudulent' });
    expect(notices.map(({ provider, type }) => [provider, type])).toEqual([
      ['simulator-b', 'charge.approved'],
      ['simulator-b', 'charge.approved'],
      ['simulator-b', 'dispute.opened'],
    ]);
  });

  it.each([
    ['tok_busy_at_first_psp', [429, 429, 429]],
    ['tok_down_at_first_psp', [503, 503, 200]],
  ])('%s: only the first has trouble', async (payment_method, statuses) => {
    const { post, get } = aSimulator();
    const body = { ...asked, payment_method };
    for (const status of statuses) {
      expect((await post('/charges', body)).status).toBe(status);
      expect((await post('/b/charges', body)).status).toBe(200);
    }
    expect((await get('/b/operations/op-1')).json.effects).toBe(1);
  });

  it.each(['tok_busy_always', 'tok_decline_lost_card', 'tok_timeout_then_approved'])(
    '%s is the same at both',
    async (payment_method) => {
      const { post } = aSimulator();
      const body = { ...asked, payment_method };
      expect((await post('/b/charges', body)).status).toBe((await post('/charges', body)).status);
    },
  );

  it.each(['/b/payouts', '/b/script', '/b/payouts/totals', '/b', '/bcharges'])(
    'have one bank and one script: %s is nothing',
    async (path) => {
      const { post, get } = aSimulator();
      expect((await post(path, {})).status).toBe(404);
      expect((await get(path)).status).toBe(404);
    },
  );
});
