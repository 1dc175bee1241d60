import { describe, expect, it } from 'vitest';
import { ProviderNotice } from '../../../../shared/contracts/events/notices.ts';
import { SimulatorDispute } from '../../../../shared/contracts/simulator/disputes.ts';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

const reference = '0198a000-0000-8000-8000-000000000001';

async function aCapture(part: Readonly<Record<string, unknown>> = {}) {
  const simulator = aSimulator();
  const { post } = simulator;
  await post('/charges', {
    operation_id: 'op-1',
    reference,
    amount: 10_000,
    currency: 'EUR',
    payment_method: 'tok_approve',
    capture: true,
    ...part,
  });
  const dispute = (operation_id: string, body = {}) =>
    post('/charges/ch_1/disputes', { operation_id, reason: 'fraudulent', ...body });
  const close = (outcome: string, id = 'dp_3') => post(`/disputes/${id}/close`, { outcome });
  return { ...simulator, dispute, close };
}

describe('a dispute', () => {
  it('takes back all that was captured, with a fee, and says so', async () => {
    const { dispute, notices, get } = await aCapture();
    const { status, json } = await dispute('op-2');
    expect(status).toBe(200);
    expect(SimulatorDispute.parse(json)).toEqual({
      id: 'dp_3',
      charge_id: 'ch_1',
      reference,
      status: 'open',
      amount: 10_000,
      fee: 1_500,
      currency: 'EUR',
      reason: 'fraudulent',
      opened: '2026-01-01T00:00:00.000Z',
      closed: null,
    });
    expect((await get('/disputes/dp_3')).json).toEqual(json);
    expect(notices.map((notice) => ProviderNotice.parse(notice))).toEqual([
      {
        id: 'dp_3.open',
        provider: 'simulator',
        time: '2026-01-01T00:00:00.000Z',
        type: 'dispute.opened',
        data: {
          dispute_id: 'dp_3',
          reference,
          provider_reference: 'ch_1',
          amount: 10_000,
          fee: 1_500,
          currency: 'EUR',
          reason: 'fraudulent',
        },
      },
    ]);
    expect((await get('/operations/op-2')).json).toMatchObject({ effects: 1, outcome: 'disputed' });
    expect((await get('/totals')).json.EUR).toMatchObject({ captured: 10_000, disputed: 10_000 });
  });

  it.each([
    ['EUR', 1_500],
    ['JPY', 15],
    ['KWD', 15_000],
  ])('costs 15 of %s: %i of its minor unit', async (currency, fee) => {
    const { dispute } = await aCapture({ currency });
    expect((await dispute('op-2')).json).toMatchObject({ currency, fee });
  });

  it('sends the same notice again when it is opened again by the same operation', async () => {
    const { dispute, close, notices, pass } = await aCapture();
    const first = await dispute('op-2', { amount: 4_000 });
    await close('won');
    pass(60_000);
    expect(await dispute('op-2', { amount: 4_000 })).toEqual(first);
    expect(notices.map(({ id }) => id)).toEqual(['dp_3.open', 'dp_3.won', 'dp_3.open']);
    expect(notices[2]).toEqual(notices[0]);
  });

  it('is opened once when its notice could not be sent, and says so at the next call', async () => {
    const { dispute, notices, get } = await aCapture();
    const { push } = notices;
    notices.push = () => {
      throw new Error('queue gone');
    };
    await expect(dispute('op-2')).rejects.toThrow('queue gone');
    notices.push = push;
    expect((await dispute('op-2')).status).toBe(200);
    expect(notices).toHaveLength(1);
    expect((await get('/operations/op-2')).json.effects).toBe(1);
  });

  it.each([
    ['won', 0],
    ['lost', 4_000],
  ])('ends %s once, with a notice of all of it', async (outcome, disputed) => {
    const { dispute, close, notices, get, pass } = await aCapture();
    await dispute('op-2', { amount: 4_000 });
    pass(60_000);
    const first = await close(outcome);
    pass(60_000);
    expect(await close(outcome)).toEqual(first);
    expect(first.json).toMatchObject({ status: outcome, closed: '2026-01-01T00:01:00.000Z' });
    expect((await get('/disputes/dp_3')).json).toEqual(first.json);
    expect(notices.slice(1).map((notice) => ProviderNotice.parse(notice))).toEqual(
      Array(2).fill({
        ...notices[0],
        id: `dp_3.${outcome}`,
        type: `dispute.${outcome}`,
        time: '2026-01-01T00:01:00.000Z',
      }),
    );
    expect((await get('/totals')).json.EUR.disputed).toBe(disputed);
  });

  it('does not end in two ways', async () => {
    const { dispute, close, notices } = await aCapture();
    await dispute('op-2');
    await close('won');
    expect(await close('lost')).toMatchObject({
      status: 409,
      json: { error: { code: 'dispute_closed' } },
    });
    expect(notices).toHaveLength(2);
  });

  it('does not end in two ways when both come at once', async () => {
    const { dispute, close, notices } = await aCapture();
    await dispute('op-2');
    const answers = await Promise.all([close('won'), close('lost')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(notices).toHaveLength(2);
  });

  it.each([
    ['of more than was captured', {}, { amount: 10_001 }],
    ['of what is only authorized', { capture: false }, {}],
  ])('%s is refused', async (_name, charge, body) => {
    const { dispute, notices } = await aCapture(charge);
    expect(await dispute('op-2', body)).toMatchObject({
      status: 409,
      json: { error: { code: 'not_disputable' } },
    });
    expect(notices).toEqual([]);
  });

  it('is the only open one of its charge', async () => {
    const { dispute, close } = await aCapture();
    await dispute('op-2', { amount: 4_000 });
    expect((await dispute('op-3', { amount: 1 })).status).toBe(409);
    await close('lost');
    expect((await dispute('op-4', { amount: 6_001 })).status).toBe(409);
    expect((await dispute('op-5')).json).toMatchObject({ amount: 6_000 });
  });

  it('leaves less to refund until it is won', async () => {
    const { dispute, close, post } = await aCapture();
    await dispute('op-2', { amount: 4_000 });
    const refund = (operation_id: string, amount: number) =>
      post('/charges/ch_1/refund', { operation_id, amount });
    expect((await refund('op-3', 6_001)).json).toMatchObject({ error: { code: 'not_refundable' } });
    expect((await refund('op-4', 6_000)).status).toBe(200);
    expect((await refund('op-5', 1)).status).toBe(409);
    await close('won');
    expect((await refund('op-6', 4_000)).json.status).toBe('refunded');
  });

  it('that nobody opened is not found', async () => {
    const { get, close, post } = await aCapture();
    expect((await get('/disputes/dp_9')).status).toBe(404);
    expect((await close('won', 'dp_9')).json).toMatchObject({
      error: { code: 'dispute_not_found' },
    });
    const body = { operation_id: 'op-2', reason: 'fraudulent' };
    expect((await post('/charges/ch_9/disputes', body)).json).toMatchObject({
      error: { code: 'charge_not_found' },
    });
  });

  it.each([
    ['/charges/ch_1/disputes', { operation_id: 'op-2' }],
    ['/charges/ch_1/disputes', { operation_id: 'op-2', reason: '' }],
    ['/disputes/dp_3/close', { outcome: 'draw' }],
  ])('%s does not take %o', async (path, body) => {
    const { post } = await aCapture();
    expect((await post(path, body)).json).toMatchObject({ error: { code: 'invalid_request' } });
  });
});
