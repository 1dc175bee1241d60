import { describe, expect, it } from 'vitest';
import {
  SimulatorChargeInquiry,
  SimulatorPayoutInquiry,
} from '../../../shared/contracts/simulator/inquiries.ts';
import { aSimulator } from '../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: false,
};

async function aCharge(part: Readonly<Record<string, unknown>> = {}) {
  const simulator = aSimulator();
  await simulator.post('/charges', { ...asked, ...part });
  const on = (operation: string, id: string, body = {}) =>
    simulator.post(`/charges/ch_1/${operation}`, { operation_id: id, ...body });
  const inquire = async (reference = 'pay-1') => {
    const { status, json } = await simulator.get(`/charges?reference=${reference}`);
    expect(status).toBe(200);
    const { charge, operations } = SimulatorChargeInquiry.parse(json);
    return { charge, operations: new Map(operations.map((known) => [known.id, known])) };
  };
  return { ...simulator, on, inquire };
}

describe('an inquiry by our reference', () => {
  it('tells of each operation as it left the charge, and of the charge as it is now', async () => {
    const { on, inquire } = await aCharge();
    await on('capture', 'op-2', { amount: 3_000 });
    await on('capture', 'op-3', { amount: 2_000, final: true });
    await on('refund', 'op-4');
    const { charge, operations } = await inquire();
    expect(charge).toMatchObject({ status: 'refunded', amount_refunded: 5_000 });
    expect(operations.size).toBe(4);
    expect(operations.get('op-1')).toMatchObject({
      type: 'charge',
      status: 'succeeded',
      amount: 10_000,
      charge: { status: 'authorized', captured: false, amount_captured: 0 },
    });
    expect(operations.get('op-2')).toMatchObject({
      type: 'capture',
      amount: 3_000,
      released: 0,
      charge: { status: 'captured', amount_captured: 3_000, amount_voided: 0 },
    });
    expect(operations.get('op-3')).toMatchObject({ amount: 2_000, released: 5_000 });
    expect(operations.get('op-4')).toMatchObject({ type: 'refund', amount: 5_000 });
  });

  it('tells of a charge that was declined, and left none', async () => {
    const { inquire } = await aCharge({ payment_method: 'tok_timeout_then_declined' });
    const { charge, operations } = await inquire();
    expect(charge).toBeNull();
    expect([...operations.values()]).toEqual([
      {
        id: 'op-1',
        type: 'charge',
        status: 'declined',
        amount: 10_000,
        currency: 'EUR',
        error: { code: 'do_not_honor', message: 'The issuer gave no reason.' },
      },
    ]);
  });

  it('tells of what the issuer declined and what the charge refused, with what was asked', async () => {
    const { on, inquire } = await aCharge({ payment_method: 'tok_capture_declined' });
    await on('capture', 'op-2', { amount: 1_000 });
    await on('refund', 'op-3');
    const { charge, operations } = await inquire();
    expect(charge).toMatchObject({ status: 'authorized' });
    expect(operations.get('op-2')).toMatchObject({
      status: 'declined',
      amount: 1_000,
      error: { code: 'do_not_honor' },
    });
    expect(operations.get('op-3')).toMatchObject({
      type: 'refund',
      status: 'declined',
      amount: null,
      error: { code: 'not_refundable' },
    });
  });

  it('tells of a decline beside a charge that went through under another id', async () => {
    const { post, inquire } = await aCharge({ payment_method: 'tok_decline_lost_card' });
    await post('/charges', { ...asked, operation_id: 'op-2' });
    const { charge, operations } = await inquire();
    expect(charge?.id).toBe('ch_1');
    expect([...operations.values()].map(({ id, status }) => [id, status])).toEqual([
      ['op-1', 'declined'],
      ['op-2', 'succeeded'],
    ]);
  });

  it.each(['tok_timeout_never_arrived', 'tok_busy_always'])(
    'knows nothing of a charge with %s, which was never processed',
    async (payment_method) => {
      const { get } = await aCharge({ payment_method });
      expect(await get('/charges?reference=pay-1')).toMatchObject({
        status: 404,
        json: { error: { code: 'charge_not_found' } },
      });
    },
  );

  it('has no effect, and no dispute among its operations', async () => {
    const { on, inquire, get, notices } = await aCharge({ capture: true });
    await on('disputes', 'op-2', { reason: 'fraudulent' });
    const totals = await get('/totals');
    const { charge, operations } = await inquire();
    expect(charge).toMatchObject({ amount_disputed: 10_000 });
    expect([...operations.keys()]).toEqual(['op-1']);
    expect(await inquire()).toEqual({ charge, operations });
    expect(await get('/totals')).toEqual(totals);
    expect(notices).toHaveLength(1);
  });

  it('has the operation from the moment of its effect, while its call stalls', async () => {
    let inquiry: Promise<{ status: number }> | undefined;
    const simulator = aSimulator({
      delay: async () => {
        inquiry ??= simulator.get('/charges?reference=pay-1');
        await inquiry;
      },
    });
    await simulator.post('/charges', { ...asked, payment_method: 'tok_timeout_then_approved' });
    expect(await inquiry).toMatchObject({ status: 200, json: { charge: { id: 'ch_1' } } });
  });

  it('forgets what a token says that it forgets', async () => {
    const { post, get } = aSimulator({ tokens: { tok_new: { inquiry: { forgets: true } } } });
    await post('/charges', { ...asked, payment_method: 'tok_new' });
    expect((await get('/charges?reference=pay-1')).status).toBe(404);
  });
});

describe('an inquiry at the bank', () => {
  const order = {
    operation_id: 'op-1',
    reference: 'out-1',
    amount: 9_710,
    currency: 'EUR',
    destination: 'ba_hold',
  };

  it('tells of an order as it was accepted, and of the payout as it is now', async () => {
    const { post, get } = aSimulator();
    await post('/payouts', order);
    await post('/payouts/po_1/close', { outcome: 'failed' });
    const { status, json } = await get('/payouts?reference=out-1');
    expect(status).toBe(200);
    expect(SimulatorPayoutInquiry.parse(json)).toMatchObject({
      payout: { id: 'po_1', status: 'failed' },
      operations: [{ id: 'op-1', status: 'succeeded', payout: { status: 'in_transit' } }],
    });
  });

  it('tells of an order that was declined', async () => {
    const { post, get } = aSimulator();
    await post('/payouts', { ...order, destination: 'ba_reject' });
    const { json } = await get('/payouts?reference=out-1');
    expect(SimulatorPayoutInquiry.parse(json)).toEqual({
      payout: null,
      operations: [
        {
          id: 'op-1',
          status: 'declined',
          amount: 9_710,
          currency: 'EUR',
          error: { code: 'account_closed', message: 'The account is closed.' },
        },
      ],
    });
  });

  it('picks no payout out of two with one reference', async () => {
    const { post, get } = aSimulator();
    await post('/payouts', order);
    await post('/payouts', { ...order, operation_id: 'op-2' });
    expect(await get('/payouts?reference=out-1')).toMatchObject({
      status: 409,
      json: { error: { code: 'ambiguous_reference' } },
    });
  });

  it('knows nothing of what never arrived, nor of a charge with that reference', async () => {
    const { post, get } = aSimulator();
    await post('/payouts', { ...order, destination: 'ba_never_answers' });
    await post('/charges', { ...asked, operation_id: 'op-9', reference: 'out-1' });
    expect(await get('/payouts?reference=out-1')).toMatchObject({
      status: 404,
      json: { error: { code: 'payout_not_found' } },
    });
    await post('/payouts', { ...order, operation_id: 'op-2' });
    const { operations } = (await get('/charges?reference=out-1')).json;
    expect(operations.map(({ id }: { id: string }) => id)).toEqual(['op-9']);
  });

  it.each(['/payouts', '/payouts?reference=a/b'])('%s is no inquiry', async (target) => {
    expect((await aSimulator().get(target)).status).toBe(400);
  });
});
