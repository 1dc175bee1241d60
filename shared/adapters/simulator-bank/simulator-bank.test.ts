import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  error,
  json,
  neverAnswers,
  scriptedPsp,
  text,
} from '../../../test/support/psp/scripted-psp.ts';
import type { TransferOrder } from '../../ports/payouts/bank.ts';
import { simulatorBank } from './simulator-bank.ts';

const order: TransferOrder = {
  operationId: 'op-1',
  reference: '0198a000-0000-8000-8000-000000000002',
  amountMinor: 1_000_000_000_000,
  currency: 'EUR',
  destination: 'ba_approve',
};
const payout = {
  id: 'po_1',
  operation_id: 'op-1',
  reference: order.reference,
  status: 'in_transit',
  amount: 1_000_000_000_000,
  currency: 'EUR',
  destination: 'ba_approve',
};

let psp: Awaited<ReturnType<typeof scriptedPsp>>;
beforeAll(async () => {
  psp = await scriptedPsp();
});
afterAll(() => psp.close());

const bank = () => simulatorBank({ baseUrl: `${psp.url}/stage/`, deadlineMs: 250 });

describe('an order', () => {
  it('is accepted when the bank took exactly it, with its operation id as the idempotency key', async () => {
    psp.answerWith(json(200, payout));
    expect(await bank().send(order)).toEqual({ kind: 'accepted', bankReference: 'po_1' });
    expect(psp.received).toHaveLength(1);
    expect(psp.received[0]).toMatchObject({
      method: 'POST',
      url: '/stage/payouts',
      headers: { 'idempotency-key': 'op-1' },
    });
    expect(JSON.parse(psp.received[0]?.body ?? '')).toEqual({
      operation_id: 'op-1',
      reference: order.reference,
      amount: 1_000_000_000_000,
      currency: 'EUR',
      destination: 'ba_approve',
    });
  });

  it.each([
    ['another order', { operation_id: 'op-2' }],
    ['another reference', { reference: 'other' }],
    ['another amount', { amount: 1 }],
    ['another currency', { currency: 'USD' }],
    ['another destination', { destination: 'ba_hold' }],
    ['a payout that has ended', { status: 'paid' }],
  ])('has an unknown outcome when the answer is about %s', async (_name, part) => {
    psp.answerWith(json(200, { ...payout, ...part }));
    expect(await bank().send(order)).toEqual({
      kind: 'unknown',
      reason: 'answered 200 with another payout than asked',
    });
  });

  it.each([
    ['no payout', text(200, '{}'), 'answered 200 with a body that is no payout'],
    ['500', error(500, 'internal_error'), 'answered 500'],
    ['a reused operation id', error(409, 'operation_id_reused'), 'answered 409'],
    ['a refusal that orders do not have', error(422, 'unknown_token'), 'answered 422'],
    ['no answer in time', neverAnswers, 'no answer within 250 ms'],
  ])('has an unknown outcome, and is sent once, after %s', async (_name, script, reason) => {
    psp.answerWith(script);
    expect(await bank().send(order)).toEqual({ kind: 'unknown', reason });
    expect(psp.received).toHaveLength(1);
  });

  it('was not processed after a 429', async () => {
    psp.answerWith(error(429, 'busy'));
    expect(await bank().send(order)).toEqual({ kind: 'busy', reason: 'answered 429' });
  });

  it.each([
    [402, 'account_closed', 'account_closed', 'No.'],
    [402, 'mood', 'declined', 'No.'],
    [400, 'invalid_request', 'bank_rejected', 'invalid_request: No.'],
    [422, 'unknown_destination', 'bank_rejected', 'unknown_destination: No.'],
  ])('is declined with %i %s: %s', async (status, theirs, code, message) => {
    psp.answerWith(error(status, theirs));
    expect(await bank().send(order)).toEqual({ kind: 'declined', code, message });
  });
});

describe('an inquiry about an order', () => {
  const accepted = { id: 'op-1', status: 'succeeded', payout };
  const another = { id: 'op-0', status: 'succeeded', payout: { ...payout, operation_id: 'op-0' } };
  const declined = (code: string) => ({
    id: 'op-1',
    status: 'declined',
    amount: order.amountMinor,
    currency: 'EUR',
    error: { code, message: 'No.' },
  });
  const known = (...operations: readonly object[]) => json(200, { payout: null, operations });

  it('asks for its reference, and has it accepted, also when it has ended since', async () => {
    const ended = { ...payout, status: 'failed' };
    psp.answerWith(json(200, { payout: ended, operations: [another, accepted] }));
    expect(await bank().inquire(order)).toEqual({ kind: 'accepted', bankReference: 'po_1' });
    expect(psp.received).toHaveLength(1);
    expect(psp.received[0]).toMatchObject({
      method: 'GET',
      url: `/stage/payouts?reference=${order.reference}`,
      body: '',
    });
  });

  it.each([
    ['account_closed', 'account_closed'],
    ['mood', 'declined'],
  ])('has it declined: %s is %s', async (theirs, code) => {
    psp.answerWith(known(declined(theirs)));
    expect(await bank().inquire(order)).toEqual({ kind: 'declined', code, message: 'No.' });
  });

  it.each([
    ['knows nothing of the reference', error(404, 'payout_not_found')],
    ['knows another order alone', known(another)],
  ])('finds nothing when the bank %s', async (_name, script) => {
    psp.answerWith(script);
    expect(await bank().inquire(order)).toEqual({ kind: 'not_found' });
  });

  it.each([
    ['another reference', { reference: 'other' }],
    ['another amount', { amount: 1 }],
    ['another currency', { currency: 'USD' }],
    ['another destination', { destination: 'ba_hold' }],
    ['another operation', { operation_id: 'op-2' }],
  ])('says nothing when the bank took it with %s', async (_name, part) => {
    psp.answerWith(known({ ...accepted, payout: { ...payout, ...part } }));
    expect(await bank().inquire(order)).toEqual({
      kind: 'unavailable',
      reason: 'answered 200 with another payout than sent',
    });
  });

  it.each([
    ['it is on record twice', known(accepted, accepted), /more than once/],
    ['409', error(409, 'ambiguous_reference'), /more than one/],
    ['404 of another kind', error(404, 'charge_not_found'), /^answered 404$/],
    ['a payout alone', json(200, payout), /no inquiry$/],
    ['no answer in time', neverAnswers, /^no answer within 250 ms$/],
  ])('says nothing after %s', async (_name, script, reason) => {
    psp.answerWith(script);
    expect(await bank().inquire(order)).toEqual({
      kind: 'unavailable',
      reason: expect.stringMatching(reason),
    });
  });
});
