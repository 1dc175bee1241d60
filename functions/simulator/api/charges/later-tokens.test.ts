import { describe, expect, it } from 'vitest';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

type Operation = 'capture' | 'void' | 'refund';

/** What a token makes of one operation: its answers to three equal calls. */
const expectations: readonly (readonly [
  string,
  Operation,
  readonly (readonly [number, string])[],
])[] = [
  ['tok_capture_declined', 'capture', thrice(402, 'do_not_honor')],
  ['tok_capture_busy_once', 'capture', [[429, 'busy'], ...done(2)]],
  ['tok_capture_never_answers', 'capture', thrice(504, 'no_answer')],
  ['tok_capture_timeout_then_captured', 'capture', [[504, 'no_answer'], ...done(2)]],
  ['tok_void_timeout_then_voided', 'void', [[504, 'no_answer'], ...done(2)]],
  ['tok_refund_timeout_then_refunded', 'refund', [[504, 'no_answer'], ...done(2)]],
  ['tok_void_declined', 'void', thrice(402, 'do_not_honor')],
  ['tok_void_never_answers', 'void', thrice(504, 'no_answer')],
  ['tok_refund_declined', 'refund', thrice(402, 'account_closed')],
  ['tok_refund_busy_once', 'refund', [[429, 'busy'], ...done(2)]],
  ['tok_refund_never_answers', 'refund', thrice(504, 'no_answer')],
];

function thrice(status: number, code: string) {
  return Array.from({ length: 3 }, () => [status, code] as const);
}

function done(times: number) {
  return Array.from({ length: times }, () => [200, 'done'] as const);
}

async function aCharge(payment_method: string, capture: boolean) {
  const simulator = aSimulator();
  await simulator.post('/charges', {
    operation_id: 'op-1',
    reference: 'pay-1',
    amount: 10_000,
    currency: 'EUR',
    payment_method,
    capture,
  });
  return simulator;
}

describe('a token for what follows a charge', () => {
  it.each(expectations)('%s: %s', async (token, operation, answers) => {
    const { post, get, waits } = await aCharge(token, operation === 'refund');
    const given: [number, string][] = [];
    for (let call = 1; call <= 3; call++) {
      const { status, json } = await post(`/charges/ch_1/${operation}`, { operation_id: 'op-2' });
      given.push([status, json.error?.code ?? 'done']);
    }
    expect(given).toEqual(answers);
    const effects = answers.some(([status]) => status === 200) ? 1 : 0;
    const [status] = answers[0] ?? [];
    expect((await get('/operations/op-2')).json).toEqual({
      operation_id: 'op-2',
      effects,
      outcome: effects
        ? `${operation}${operation === 'capture' ? 'd' : 'ed'}`
        : status === 402
          ? 'declined'
          : null,
    });
    const stalled = answers.filter(([answered]) => answered === 504);
    expect(waits).toEqual(stalled.map(() => 8_000));
  });

  it.each(expectations)('%s does what else it is asked than a %s', async (token, operation) => {
    const followed = {
      capture: ['void'],
      void: ['capture', 'refund'],
      refund: [],
    } as const satisfies Record<Operation, readonly Operation[]>;
    const { post } = await aCharge(token, operation === 'refund');
    for (const [index, other] of followed[operation].entries()) {
      const answer = await post(`/charges/ch_1/${other}`, { operation_id: `op-${index + 2}` });
      expect(answer.status).toBe(200);
    }
  });
});
