import { describe, expect, it } from 'vitest';
import {
  type SimulatorScriptBody,
  SimulatorScripts,
} from '../../../../shared/contracts/simulator/scripts.ts';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: false,
};

/** The simulator with scripts for these calls of the first PSP, and what it takes to call it. */
async function scripted(scripts: Partial<Record<SimulatorScriptBody['call'], readonly object[]>>) {
  const simulator = aSimulator();
  for (const [call, answers] of Object.entries(scripts)) {
    const body = { psp: 'simulator', call, answers };
    expect((await simulator.post('/script', body)).status).toBe(200);
  }
  let ids = 0;
  return {
    ...simulator,
    charge: (part: object = {}) =>
      simulator.post('/charges', { ...asked, operation_id: `op-${++ids}`, ...part }),
    left: async () => SimulatorScripts.parse((await simulator.get('/script')).json).scripts,
  };
}

describe('a script', () => {
  it('is met by the next calls, one each and in order, whatever their token', async () => {
    const { charge, waits, left } = await scripted({
      charge: [
        { before: { status: 503 } },
        { decline: { code: 'stolen_card', message: 'No.' } },
        {},
        { before: { delay_ms: 5 }, amount_off_by: 1 },
      ],
    });
    const answers = [];
    for (const payment_method of [
      'tok_approve',
      'tok_slow',
      'tok_decline_lost_card',
      'tok_approve',
      'tok_decline_lost_card',
    ]) {
      const { status, json } = await charge({ payment_method });
      answers.push([status, json.error?.code ?? json.amount]);
    }
    expect(answers).toEqual([
      [503, 'unavailable'],
      [402, 'stolen_card'],
      [200, 10_000],
      [200, 9_999],
      [402, 'lost_card'],
    ]);
    expect(waits).toEqual([5]);
    expect(await left()).toEqual([]);
  });

  it('is of calls, so that one that has its answer repeated meets it too', async () => {
    const { charge, get, waits } = await scripted({
      charge: [{}, { before: { delay_ms: 'stall', status: 504 } }, { after: { status: 500 } }],
    });
    const same = { operation_id: 'op-1' };
    const first = await charge(same);
    expect((await charge(same)).status).toBe(504);
    expect((await charge(same)).status).toBe(500);
    expect(await charge(same)).toEqual(first);
    expect(waits).toEqual([8_000]);
    expect((await get('/operations/op-1')).json.effects).toBe(1);
  });

  it('does not change an answer that an operation has', async () => {
    const decline = { code: 'lost_card', message: 'No.' };
    const { charge } = await scripted({ charge: [{}, { decline, amount_off_by: 5 }] });
    const same = { operation_id: 'op-1' };
    expect(await charge(same)).toEqual(await charge(same));
  });

  it('takes effect before what it puts after it', async () => {
    const { charge, get, notices, noticeDelays } = await scripted({
      charge: [{ after: { status: 502 }, notices: [{ delay_seconds: 7 }, { contradicts: true }] }],
    });
    expect((await charge()).status).toBe(502);
    expect((await get('/operations/op-1')).json).toMatchObject({ effects: 1 });
    expect(notices.map(({ type }) => type)).toEqual(['charge.approved', 'charge.declined']);
    expect(noticeDelays).toEqual([7, 0]);
  });

  it('is of one kind of call, at one PSP', async () => {
    const { charge, post, get } = await scripted({
      capture: [{ before: { status: 429 } }],
      inquiry: [{ before: { status: 503 } }, { forgets: true }],
    });
    expect((await charge()).status).toBe(200);
    expect((await post('/b/charges', { ...asked, operation_id: 'op-1' })).status).toBe(200);
    expect((await get('/b/charges?reference=pay-1')).status).toBe(200);
    const inquiries = [];
    for (let call = 1; call <= 3; call++) {
      inquiries.push((await get('/charges?reference=pay-1')).status);
    }
    expect(inquiries).toEqual([503, 404, 200]);
    const capture = { operation_id: 'op-2' };
    expect((await post('/charges/ch_1/void', { operation_id: 'op-3' })).status).toBe(200);
    expect((await post('/charges/ch_1/capture', capture)).status).toBe(429);
    expect((await post('/charges/ch_1/capture', capture)).status).toBe(409);
  });

  it('of the second PSP is met there', async () => {
    const { post, charge } = await scripted({});
    const answers = [{ authorization_ms: 1_000 }];
    await post('/script', { psp: 'simulator-b', call: 'charge', answers });
    const until = async (path: string) =>
      (await post(path, { ...asked, operation_id: 'op-9' })).json.authorized_until;
    expect((await charge()).status).toBe(200);
    expect(await until('/b/charges')).toBe('2026-01-01T00:00:01.000Z');
    expect(await until('/charges')).toBe('2026-01-08T00:00:00.000Z');
  });

  it('is met by an inquiry that finds nothing, and by one before the charge’s token', async () => {
    const { get, charge } = await scripted({ inquiry: [{ before: { status: 500 } }, {}] });
    expect((await get('/charges?reference=pay-1')).status).toBe(500);
    await charge({ payment_method: 'tok_timeout_forever' });
    expect((await get('/charges?reference=pay-1')).status).toBe(200);
    expect((await get('/charges?reference=pay-1')).status).toBe(504);
  });

  it('declines nothing of a charge that is not there, and is not met by a bad request', async () => {
    const decline = { code: 'lost_card', message: 'No.' };
    const { post, left } = await scripted({ refund: [{ decline }], charge: [{ decline }] });
    expect((await post('/charges/ch_9/refund', { operation_id: 'op-2' })).status).toBe(404);
    expect((await post('/charges', { ...asked, amount: 0 })).status).toBe(400);
    expect((await left()).map(({ call }) => call)).toEqual(['charge']);
  });

  it('is reported as far as it is left, and put aside by another or by none', async () => {
    const { charge, post, remove, left } = await scripted({
      charge: [{ before: { status: 429 } }, {}],
      void: [{ notices: [{}] }],
    });
    await charge();
    expect(await left()).toEqual([
      { psp: 'simulator', call: 'charge', answers: [{}] },
      { psp: 'simulator', call: 'void', answers: [{ notices: [{}] }] },
    ]);
    const body = { psp: 'simulator', call: 'void', answers: [] };
    const { json } = await post('/script', body);
    expect(json).toEqual({ scripts: [{ psp: 'simulator', call: 'charge', answers: [{}] }] });
    expect((await remove('/script')).json).toEqual({ scripts: [] });
    expect(await left()).toEqual([]);
  });

  it.each([
    ['an unknown PSP', { psp: 'simulator-c' }],
    ['an unknown call', { call: 'settle' }],
    ['a wait that no call can have', { answers: [{ before: { delay_ms: 8_001 } }] }],
    ['an unknown status', { answers: [{ before: { status: 418 } }] }],
    ['an unknown lie', { answers: [{ lies: true }] }],
    ['another amount of a capture', { call: 'capture', answers: [{ amount_off_by: 1 }] }],
    ['a decline of an inquiry', { call: 'inquiry', answers: [{ decline: { code: 'a' } }] }],
    ['something forgotten by a charge', { answers: [{ forgets: true }] }],
    ['a notice that SQS cannot keep so long', { answers: [{ notices: [{ delay_seconds: 901 }] }] }],
  ])('with %s is refused, and nothing is kept', async (_name, part) => {
    const { post, left } = await scripted({});
    const body = { psp: 'simulator', call: 'charge', answers: [{}], ...part };
    expect(await post('/script', body)).toMatchObject({
      status: 400,
      json: { error: { code: 'invalid_request' } },
    });
    expect(await left()).toEqual([]);
  });
});
