import { describe, expect, it } from 'vitest';
import {
  type SimulatorToken,
  simulatorTokens,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  capture: true,
};

interface Expected {
  /** Status, and code of an error or amount of an approval, of three equal calls in a row. */
  readonly answers: readonly (readonly [number, string | number])[];
  readonly effects: 0 | 1;
  readonly outcome: string | null;
  readonly waits: readonly number[];
  /** Of an inquiry afterwards: 200 when there is an outcome, else 404, unless it says so. */
  readonly inquiry?: number;
  /** Type and delay of each notice that a call with an answer sends; none unless it says so. */
  readonly notices?: readonly (readonly [string, number])[];
  /** How many of the three calls the simulator has counted; none unless it says so. */
  readonly counted?: number;
}

const thrice = (status: number, says: string | number): Expected['answers'] => [
  [status, says],
  [status, says],
  [status, says],
];
const approved: Expected = {
  answers: thrice(200, 10_000),
  effects: 1,
  outcome: 'captured',
  waits: [],
};
const declined = (code: string): Expected => ({
  answers: thrice(402, code),
  effects: 0,
  outcome: 'declined',
  waits: [],
});
/** It comes to that; only the first call does not say so. */
const first = (status: number, code: string, then: Expected): Expected => ({
  ...then,
  answers: [[status, code], ...then.answers.slice(1)],
  waits: status === 504 ? [8_000] : [],
});

/** What each token makes of a charge; what it makes of what follows has tests of its own. */
const expectations: Record<SimulatorToken, Expected> = {
  tok_approve: approved,
  tok_blocked_by_risk: approved,
  tok_short_authorization: approved,
  tok_capture_declined: approved,
  tok_capture_busy_once: approved,
  tok_capture_never_answers: approved,
  tok_capture_timeout_then_captured: approved,
  tok_void_declined: approved,
  tok_void_never_answers: approved,
  tok_void_timeout_then_voided: approved,
  tok_refund_declined: approved,
  tok_refund_busy_once: approved,
  tok_refund_never_answers: approved,
  tok_refund_timeout_then_refunded: approved,
  tok_decline_insufficient_funds: declined('insufficient_funds'),
  tok_decline_lost_card: declined('lost_card'),
  tok_decline_do_not_honor: declined('do_not_honor'),
  tok_busy_once: {
    answers: [
      [429, 'busy'],
      [200, 10_000],
      [200, 10_000],
    ],
    effects: 1,
    outcome: 'captured',
    waits: [],
    counted: 2,
  },
  tok_busy_always: {
    answers: thrice(429, 'busy'),
    effects: 0,
    outcome: null,
    waits: [],
    counted: 3,
  },
  tok_slow: { answers: thrice(200, 10_000), effects: 1, outcome: 'captured', waits: [3_000] },
  tok_timeout_never_arrived: {
    answers: thrice(504, 'no_answer'),
    effects: 0,
    outcome: null,
    waits: [8_000, 8_000, 8_000],
  },
  tok_timeout_then_approved: first(504, 'no_answer', approved),
  tok_timeout_then_declined: first(504, 'no_answer', declined('do_not_honor')),
  tok_timeout_forever: { ...first(504, 'no_answer', approved), inquiry: 504 },
  tok_5xx_after_effect: first(500, 'internal_error', approved),
  tok_duplicate_webhook: {
    ...approved,
    notices: [
      ['charge.approved', 0],
      ['charge.approved', 0],
    ],
  },
  tok_early_webhook: { ...approved, waits: [2_000], notices: [['charge.approved', 0]] },
  tok_late_webhook: {
    ...first(504, 'no_answer', approved),
    notices: [['charge.approved', 20]],
  },
  tok_contradicting_webhook: { ...approved, notices: [['charge.declined', 0]] },
  tok_busy_at_first_psp: {
    answers: thrice(429, 'busy'),
    effects: 0,
    outcome: null,
    waits: [],
    counted: 3,
  },
  tok_down_at_first_psp: {
    answers: [
      [503, 'unavailable'],
      [503, 'unavailable'],
      [200, 10_000],
    ],
    effects: 1,
    outcome: 'captured',
    waits: [],
    counted: 3,
  },
  tok_amount_mismatch: {
    answers: thrice(200, 9_999),
    effects: 1,
    outcome: 'captured',
    waits: [],
  },
};

describe('each token', () => {
  it.each(Object.keys(simulatorTokens) as SimulatorToken[])('%s', async (token) => {
    const { post, get, waits, store, notices, noticeDelays } = aSimulator();
    const answers: [number, string | number][] = [];
    for (let call = 1; call <= 3; call++) {
      const { status, json } = await post('/charges', { ...asked, payment_method: token });
      answers.push([status, json.error?.code ?? json.amount]);
    }
    const expected = expectations[token];
    const { effects, outcome, counted = 0, notices: sent = [] } = expected;
    expect({ answers, waits }).toEqual({ answers: expected.answers, waits: expected.waits });
    // A call that is answered otherwise after the effect has sent its notices before.
    expect(notices.map(({ type }, index) => [type, noticeDelays[index]])).toEqual(
      answers.flatMap(() => sent),
    );
    expect(new Set(notices.map(({ id }) => id)).size).toBe(sent.length && 1);
    expect((await get('/operations/op-1')).json).toEqual({
      operation_id: 'op-1',
      effects,
      outcome,
    });
    const { status } = await get('/charges?reference=pay-1');
    expect(status).toBe(expected.inquiry ?? (outcome ? 200 : 404));
    expect(await store.countCall('op-1')).toBe(counted + 1);
  });

  it('tok_busy_once is busy once for each operation', async () => {
    const { post } = aSimulator();
    const statuses: number[] = [];
    for (const operation_id of ['op-1', 'op-2', 'op-1', 'op-2']) {
      const body = { ...asked, operation_id, payment_method: 'tok_busy_once' };
      statuses.push((await post('/charges', body)).status);
    }
    expect(statuses).toEqual([429, 429, 200, 200]);
  });

  it('tok_amount_mismatch approves something else, however small the amount', async () => {
    const { post } = aSimulator();
    const body = { ...asked, payment_method: 'tok_amount_mismatch' };
    expect((await post('/charges', { ...body, amount: 2 })).json.amount).toBe(1);
    const { json } = await post('/charges', { ...body, amount: 1, operation_id: 'op-2' });
    expect(json.amount).toBe(2);
  });

  it('tok_amount_mismatch is refunded whole', async () => {
    const { post, get } = aSimulator();
    await post('/charges', { ...asked, payment_method: 'tok_amount_mismatch' });
    const { json } = await post('/charges/ch_1/refund', { operation_id: 'op-2' });
    expect(json).toMatchObject({ status: 'refunded', amount_refunded: 9_999 });
    expect((await get('/totals')).json).toEqual({
      EUR: { authorized: 9_999, captured: 9_999, voided: 0, refunded: 9_999, disputed: 0 },
    });
  });
});

describe('a new token is a line', () => {
  const stall = { delayMs: 'stall', status: 504 } as const;

  it('that takes effect and then says that it failed', async () => {
    const { post, get } = aSimulator({
      tokens: { tok_new: { charge: { after: { status: 500 } } } },
    });
    const body = { ...asked, payment_method: 'tok_new' };
    expect((await post('/charges', body)).status).toBe(500);
    expect((await get('/operations/op-1')).json).toMatchObject({ effects: 1, outcome: 'captured' });
    expect((await post('/charges', body)).status).toBe(200);
    expect((await get('/operations/op-1')).json.effects).toBe(1);
  });

  it('that takes effect and gives no answer, nor one to an inquiry', async () => {
    const tokens = { tok_new: { charge: { after: stall }, inquiry: { before: stall } } };
    const { post, get, waits } = aSimulator({ tokens });
    expect((await post('/charges', { ...asked, payment_method: 'tok_new' })).status).toBe(504);
    expect((await get('/charges?reference=pay-1')).status).toBe(504);
    expect((await get('/operations/op-1')).json.effects).toBe(1);
    expect(waits).toEqual([8_000, 8_000]);
  });

  it('whose capture takes effect and gives no answer', async () => {
    const tokens = { tok_new: { capture: { after: stall } } };
    const { post, get } = aSimulator({ tokens });
    const body = { ...asked, capture: false, payment_method: 'tok_new' };
    expect((await post('/charges', body)).status).toBe(200);
    expect((await post('/charges/ch_1/capture', { operation_id: 'op-2' })).status).toBe(504);
    const { json } = await get('/charges?reference=pay-1');
    expect(json.charge).toMatchObject({ status: 'captured' });
    expect((await get('/operations/op-2')).json).toMatchObject({ effects: 1 });
  });

  it('whose trouble is met once, also by a call that has to start again', async () => {
    const tokens = { tok_new: { refund: { before: { delayMs: 10 } } } };
    const { post, waits } = aSimulator({ tokens });
    await post('/charges', { ...asked, payment_method: 'tok_new' });
    const refunds = ['op-2', 'op-3'].map((operation_id) =>
      post('/charges/ch_1/refund', { operation_id, amount: 1_000 }),
    );
    expect((await Promise.all(refunds)).map(({ status }) => status)).toEqual([200, 200]);
    expect(waits).toEqual([10, 10]);
  });
});
