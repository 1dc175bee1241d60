import { describe, expect, it } from 'vitest';
import { isSimulatorToken } from '../../../shared/contracts/simulator/behaviour.ts';
import { SimulatorError } from '../../../shared/contracts/simulator/errors.ts';
import { aSimulator } from '../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: true,
};

describe('a bad request', () => {
  it.each([
    ['no JSON', '{"amount":', 400, 'malformed_json'],
    ['no body', '', 400, 'malformed_json'],
    ['a missing field', { ...asked, reference: undefined }, 400, 'invalid_request'],
    ['an unknown field', { ...asked, card: 'x' }, 400, 'invalid_request'],
    ['an amount with a fraction', { ...asked, amount: 10.5 }, 400, 'invalid_request'],
    ['an amount of nothing', { ...asked, amount: 0 }, 400, 'invalid_request'],
    ['an unknown currency', { ...asked, currency: 'EUX' }, 400, 'invalid_request'],
    ['an id with a slash', { ...asked, operation_id: 'a/b' }, 400, 'invalid_request'],
    ['an unknown token', { ...asked, payment_method: 'tok_nope' }, 422, 'unknown_token'],
    ['a name of every object', { ...asked, payment_method: 'toString' }, 422, 'unknown_token'],
  ])('with %s is refused, and nothing is kept', async (_name, body, status, code) => {
    const { post, get } = aSimulator();
    const answer = await post('/charges', body);
    expect(answer).toMatchObject({ status, json: { error: { code } } });
    expect(SimulatorError.safeParse(answer.json).success).toBe(true);
    expect((await get('/operations/op-1')).json).toMatchObject({ effects: 0, outcome: null });
    expect((await get('/totals')).json).toEqual({});
  });

  it('names the place, and never the value', async () => {
    const { post } = aSimulator();
    const { json } = await post('/charges', { ...asked, reference: 'secret value' });
    expect(json.error.message).toContain('reference');
    expect(json.error.message).not.toContain('secret value');
  });

  it.each([
    ['GET', '/charges', 400, 'invalid_request'],
    ['GET', '/nowhere', 404, 'not_found'],
    ['GET', '/charges/ch_1', 404, 'not_found'],
    ['POST', '/totals', 404, 'not_found'],
    ['POST', '/charges/ch_1/settle', 404, 'not_found'],
    ['POST', '/charges/ch_1/void', 404, 'charge_not_found'],
  ] as const)('%s %s is answered %i', async (method, path, status, code) => {
    const { post, get } = aSimulator();
    const answer = method === 'GET' ? await get(path) : await post(path, { operation_id: 'op-1' });
    expect(answer).toMatchObject({ status, json: { error: { code } } });
  });
});

describe('isSimulatorToken', () => {
  it.each([
    ['tok_approve', true],
    ['tok_blocked_by_risk', true],
    ['tok_nope', false],
    ['constructor', false],
    ['', false],
  ])('%s: %s', (token, known) => expect(isSimulatorToken(token)).toBe(known));
});
