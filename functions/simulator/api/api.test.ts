import { describe, expect, it } from 'vitest';
import { SimulatorChargeAnswer } from '../../../shared/contracts/simulator/charges.ts';
import {
  SimulatorOperationReport,
  SimulatorTotals,
} from '../../../shared/contracts/simulator/control.ts';
import { aSimulator } from '../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: true,
};

describe('a charge', () => {
  it('is authorized and captured in one call', async () => {
    const { post, get } = aSimulator();
    const { status, json } = await post('/charges', asked);
    expect(status).toBe(200);
    expect(SimulatorChargeAnswer.parse(json)).toEqual({
      id: 'ch_1',
      reference: 'pay-1',
      status: 'captured',
      amount: 10_000,
      currency: 'EUR',
      captured: true,
      amount_captured: 10_000,
      amount_voided: 0,
      amount_refunded: 0,
      amount_disputed: 0,
      authorized_until: null,
      operation: { id: 'op-1', type: 'charge', amount: 10_000, released: 0 },
    });
    const report = (await get('/operations/op-1')).json;
    expect(SimulatorOperationReport.parse(report)).toEqual({
      operation_id: 'op-1',
      effects: 1,
      outcome: 'captured',
    });
  });

  it('is only authorized when capture is false', async () => {
    const { post, get } = aSimulator();
    const { json } = await post('/charges', { ...asked, capture: false });
    expect(json).toMatchObject({ status: 'authorized', captured: false, amount_captured: 0 });
    expect((await get('/operations/op-1')).json).toMatchObject({ outcome: 'authorized' });
  });

  it('is found by our reference, as it is now', async () => {
    const { post, get } = aSimulator();
    expect(await get('/charges?reference=pay-1')).toMatchObject({
      status: 404,
      json: { error: { code: 'charge_not_found' } },
    });
    await post('/charges', asked);
    await post('/charges/ch_1/refund', { operation_id: 'op-2' });
    expect(await get('/charges?reference=pay-1')).toMatchObject({
      status: 200,
      json: { charge: { id: 'ch_1', status: 'refunded' } },
    });
  });

  it('is not picked out of two with one reference', async () => {
    const { post, get } = aSimulator();
    await post('/charges', asked);
    await post('/charges', { ...asked, operation_id: 'op-2' });
    expect(await get('/charges?reference=pay-1')).toMatchObject({
      status: 409,
      json: { error: { code: 'ambiguous_reference' } },
    });
  });
});

describe('an operation id', () => {
  it('has its first answer repeated by the byte, also after the charge has changed', async () => {
    const { post, get } = aSimulator();
    const first = await post('/charges', { ...asked, capture: false });
    await post('/charges/ch_1/capture', { operation_id: 'op-2' });
    const { capture: _, ...others } = asked;
    const again = await post('/charges', { capture: false, ...others });
    expect(again).toEqual(first);
    expect((await get('/operations/op-1')).json.effects).toBe(1);
  });

  it.each([
    ['amount', { amount: 9_999 }],
    ['reference', { reference: 'pay-2' }],
    ['token', { payment_method: 'tok_decline_lost_card' }],
    ['capture', { capture: false }],
  ])('is refused with another %s, without an effect', async (_name, part) => {
    const { post, get } = aSimulator();
    await post('/charges', asked);
    expect(await post('/charges', { ...asked, ...part })).toMatchObject({
      status: 409,
      json: { error: { code: 'operation_id_reused' } },
    });
    expect((await get('/operations/op-1')).json.effects).toBe(1);
    expect((await get('/totals')).json).toMatchObject({ EUR: { authorized: 10_000 } });
  });

  it('is refused for another operation on the same charge', async () => {
    const { post } = aSimulator();
    await post('/charges', asked);
    expect(await post('/charges/ch_1/refund', { operation_id: 'op-1' })).toMatchObject({
      status: 409,
      json: { error: { code: 'operation_id_reused' } },
    });
  });

  it.each(['tok_approve', 'tok_decline_lost_card'])(
    'has one answer and at most one effect when ten calls come at once: %s',
    async (token) => {
      const { post, get } = aSimulator();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => post('/charges', { ...asked, payment_method: token })),
      );
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      const approved = token === 'tok_approve';
      expect((await get('/operations/op-1')).json.effects).toBe(approved ? 1 : 0);
      expect((await get('/totals')).json).toEqual(
        approved
          ? { EUR: { authorized: 10_000, captured: 10_000, voided: 0, refunded: 0, disputed: 0 } }
          : {},
      );
    },
  );

  it('has one answer when ten calls void one charge at once', async () => {
    const { post, get } = aSimulator();
    await post('/charges', { ...asked, capture: false });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post('/charges/ch_1/void', { operation_id: 'op-2' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect((await get('/operations/op-2')).json).toMatchObject({ effects: 1, outcome: 'voided' });
  });

  it('is not refused when its own effect comes between a read and the next', async () => {
    const { store, post } = aSimulator();
    await post('/charges', asked);
    const ask = () =>
      post('/charges/ch_1/disputes', { operation_id: 'op-2', reason: 'fraudulent' });
    const { answerTo } = store;
    let first: ReturnType<typeof ask> | undefined;
    Object.assign(store, {
      answerTo: async (id: string) => {
        const asOfNow = await answerTo(id);
        if (!first) {
          first = ask();
          await first;
        }
        return asOfNow;
      },
    });
    expect(await ask()).toEqual(await first);
    expect(await first).toMatchObject({ status: 200 });
  });

  it('that nobody used has no effect and no outcome', async () => {
    const { get } = aSimulator();
    expect(await get('/operations/nobody')).toMatchObject({
      status: 200,
      json: { operation_id: 'nobody', effects: 0, outcome: null },
    });
  });
});

describe('what follows a charge', () => {
  it('captures in parts, voids the rest, and refunds in parts', async () => {
    const { post, get } = aSimulator();
    await post('/charges', { ...asked, capture: false });
    let id = 1;
    const on = async (operation: string, amount?: number) => {
      const body = { operation_id: `op-${++id}`, ...(amount ? { amount } : {}) };
      return (await post(`/charges/ch_1/${operation}`, body)).json;
    };
    expect(await on('capture', 3_000)).toMatchObject({
      status: 'captured',
      amount_captured: 3_000,
    });
    expect(await on('capture', 2_000)).toMatchObject({ amount_captured: 5_000 });
    expect(await on('capture', 5_001)).toMatchObject({ error: { code: 'not_capturable' } });
    expect(await on('void')).toMatchObject({ status: 'captured', amount_voided: 5_000 });
    expect(await on('capture')).toMatchObject({ error: { code: 'not_capturable' } });
    expect(await on('void')).toMatchObject({ error: { code: 'not_voidable' } });
    expect(await on('refund', 4_000)).toMatchObject({
      status: 'captured',
      amount_refunded: 4_000,
    });
    expect(await on('refund', 1_001)).toMatchObject({ error: { code: 'not_refundable' } });
    expect(await on('refund')).toMatchObject({
      status: 'refunded',
      amount_refunded: 5_000,
    });
    expect(await on('refund')).toMatchObject({ error: { code: 'not_refundable' } });
    expect((await get('/totals')).json).toEqual({
      EUR: { authorized: 10_000, captured: 5_000, voided: 5_000, refunded: 5_000, disputed: 0 },
    });
    const counts = await Promise.all(
      [2, 3, 4, 5].map(async (n) => (await get(`/operations/op-${n}`)).json),
    );
    expect(counts.map(({ effects, outcome }) => [effects, outcome])).toEqual([
      [1, 'captured'],
      [1, 'captured'],
      [0, 'declined'],
      [1, 'voided'],
    ]);
  });

  it('never refunds more than was captured when two race', async () => {
    const { post, get } = aSimulator();
    await post('/charges', asked);
    const answers = await Promise.all(
      ['op-2', 'op-3'].map((operation_id) =>
        post('/charges/ch_1/refund', { operation_id, amount: 6_000 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await get('/totals')).json).toMatchObject({ EUR: { refunded: 6_000 } });
  });

  it.each([
    ['a refund of what is only authorized', false, 'refund', 'not_refundable'],
    ['a void of what is captured', true, 'void', 'not_voidable'],
    ['a capture of what is captured', true, 'capture', 'not_capturable'],
  ])('refuses %s', async (_name, capture, operation, code) => {
    const { post, get } = aSimulator();
    await post('/charges', { ...asked, capture });
    expect(await post(`/charges/ch_1/${operation}`, { operation_id: 'op-2' })).toMatchObject({
      status: 409,
      json: { error: { code } },
    });
    expect((await get('/operations/op-2')).json).toMatchObject({ effects: 0, outcome: 'declined' });
  });

  it('is refused for good, whatever the charge allows later', async () => {
    const { post, get } = aSimulator();
    await post('/charges', { ...asked, capture: false });
    const refund = () => post('/charges/ch_1/refund', { operation_id: 'op-2' });
    const first = await refund();
    await post('/charges/ch_1/capture', { operation_id: 'op-3' });
    expect(await refund()).toEqual(first);
    expect((await get('/operations/op-2')).json).toMatchObject({ effects: 0, outcome: 'declined' });
    expect((await post('/charges/ch_1/refund', { operation_id: 'op-4' })).status).toBe(200);
  });
});

describe('totals', () => {
  it('are kept apart by currency, of fifty charges at once', async () => {
    const { post, get } = aSimulator();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        post('/charges', {
          ...asked,
          operation_id: `op-${n}`,
          reference: `pay-${n}`,
          currency: n % 2 ? 'JPY' : 'EUR',
          amount: 100,
          capture: n % 4 < 2,
        }),
      ),
    );
    const { json } = await get('/totals');
    expect(SimulatorTotals.parse(json)).toEqual({
      EUR: { authorized: 2_500, captured: 1_300, voided: 0, refunded: 0, disputed: 0 },
      JPY: { authorized: 2_500, captured: 1_300, voided: 0, refunded: 0, disputed: 0 },
    });
  });
});
