import { describe, expect, it } from 'vitest';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: false,
};

async function anAuthorization(part: Readonly<Record<string, unknown>> = {}) {
  const simulator = aSimulator();
  await simulator.post('/charges', { ...asked, ...part });
  const on = (operation: string, id: string, body = {}) =>
    simulator.post(`/charges/ch_1/${operation}`, { operation_id: id, ...body });
  return { ...simulator, on };
}

const totals = (part: Readonly<Record<string, number>>) => ({
  EUR: { authorized: 10_000, captured: 0, voided: 0, refunded: 0, disputed: 0, ...part },
});

describe('a final capture', () => {
  it('releases the rest in the same effect', async () => {
    const { on, get } = await anAuthorization();
    const { json } = await on('capture', 'op-2', { amount: 6_000, final: true });
    expect(json).toMatchObject({
      status: 'captured',
      amount_captured: 6_000,
      amount_voided: 4_000,
      operation: { id: 'op-2', type: 'capture', amount: 6_000, released: 4_000 },
    });
    expect((await get('/operations/op-2')).json).toMatchObject({ effects: 1, outcome: 'captured' });
    expect((await get('/totals')).json).toEqual(totals({ captured: 6_000, voided: 4_000 }));
    expect((await on('void', 'op-3')).json).toMatchObject({ error: { code: 'not_voidable' } });
  });

  it('of all that is left releases nothing', async () => {
    const { on, get } = await anAuthorization();
    await on('capture', 'op-2', { amount: 6_000 });
    const { json } = await on('capture', 'op-3', { final: true });
    expect(json.operation).toEqual({ id: 'op-3', type: 'capture', amount: 4_000, released: 0 });
    expect((await get('/totals')).json).toEqual(totals({ captured: 10_000 }));
  });

  it('has its answer repeated by the byte, and is refused when it is no longer final', async () => {
    const { on } = await anAuthorization();
    const first = await on('capture', 'op-2', { amount: 6_000, final: true });
    expect(await on('capture', 'op-2', { amount: 6_000, final: true })).toEqual(first);
    expect((await on('capture', 'op-2', { amount: 6_000, final: false })).json).toMatchObject({
      error: { code: 'operation_id_reused' },
    });
  });

  it('of more than is left takes nothing and releases nothing', async () => {
    const { on, get } = await anAuthorization();
    expect((await on('capture', 'op-2', { amount: 10_001, final: true })).status).toBe(409);
    expect((await get('/totals')).json).toEqual(totals({}));
  });
});

describe('an answer to an operation', () => {
  it('says what that operation did, beside what the charge is by now', async () => {
    const { on } = await anAuthorization();
    const bodies = [
      await on('capture', 'op-2', { amount: 3_000 }),
      await on('capture', 'op-3', { amount: 2_000, final: false }),
      await on('void', 'op-4'),
      await on('refund', 'op-5', { amount: 1_000 }),
      await on('refund', 'op-6'),
    ];
    expect(bodies.map(({ json }) => json.operation)).toEqual([
      { id: 'op-2', type: 'capture', amount: 3_000, released: 0 },
      { id: 'op-3', type: 'capture', amount: 2_000, released: 0 },
      { id: 'op-4', type: 'void', amount: 5_000, released: 0 },
      { id: 'op-5', type: 'refund', amount: 1_000, released: 0 },
      { id: 'op-6', type: 'refund', amount: 4_000, released: 0 },
    ]);
  });

  it('is exact at the largest amount', async () => {
    const { on, get } = await anAuthorization({ amount: 10 ** 12 });
    const { json } = await on('capture', 'op-2', { amount: 10 ** 12 - 1, final: true });
    expect(json).toMatchObject({ amount_captured: 999_999_999_999, amount_voided: 1 });
    expect((await get('/totals')).json.EUR).toMatchObject({
      authorized: 1_000_000_000_000,
      captured: 999_999_999_999,
      voided: 1,
    });
  });
});

describe('the end of an authorization', () => {
  it.each([
    ['tok_approve', '2026-01-08T00:00:00.000Z'],
    ['tok_short_authorization', '2026-01-01T00:00:05.000Z'],
  ])('of %s is %s', async (payment_method, end) => {
    const { get } = await anAuthorization({ payment_method });
    const { charge } = (await get('/charges?reference=pay-1')).json;
    expect(charge.authorized_until).toBe(end);
  });

  it('is none where there is nothing left to capture', async () => {
    const { get } = await anAuthorization({ capture: true });
    const { charge } = (await get('/charges?reference=pay-1')).json;
    expect(charge.authorized_until).toBeNull();
  });

  it('refuses a capture, and still allows a void', async () => {
    const { on, pass, get } = await anAuthorization({ payment_method: 'tok_short_authorization' });
    pass(4_999);
    expect((await on('capture', 'op-2', { amount: 1_000 })).status).toBe(200);
    pass(1);
    const late = await on('capture', 'op-3', { amount: 1_000 });
    expect(late).toMatchObject({ status: 409, json: { error: { code: 'authorization_expired' } } });
    expect(await on('capture', 'op-3', { amount: 1_000 })).toEqual(late);
    expect((await get('/operations/op-3')).json).toMatchObject({ effects: 0, outcome: 'declined' });
    expect((await on('void', 'op-4')).json).toMatchObject({ amount_voided: 9_000 });
    expect((await on('refund', 'op-5')).json).toMatchObject({ amount_refunded: 1_000 });
  });

  it('that was told to a caller holds for a call of the same operation that is still on its way', async () => {
    const simulator = aSimulator();
    const { store, post, get, pass } = simulator;
    await post('/charges', { ...asked, payment_method: 'tok_short_authorization' });
    const ask = () => post('/charges/ch_1/capture', { operation_id: 'op-2' });
    const { write } = store;
    let late: ReturnType<typeof ask> | undefined;
    Object.assign(store, {
      write: async (record: Parameters<typeof write>[0]) => {
        if (!late) {
          pass(5_000);
          late = ask();
          await late;
        }
        return write(record);
      },
    });
    const inTime = await ask();
    expect((await late)?.json).toMatchObject({ error: { code: 'authorization_expired' } });
    expect(inTime).toEqual(await late);
    expect((await get('/operations/op-2')).json.effects).toBe(0);
  });
});
