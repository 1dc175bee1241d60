import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  breaksOff,
  closes,
  error,
  json,
  neverAnswers,
  neverEnds,
  resets,
  type Script,
  scriptedPsp,
  text,
} from '../../../test/support/psp/scripted-psp.ts';
import type { ChargeRequest } from '../../ports/provider.ts';
import { simulatorProvider } from './simulator-provider.ts';

const deadlineMs = 250;

const request: ChargeRequest = {
  operationId: 'op-1',
  reference: 'pay-1',
  amountMinor: 10_000,
  currency: 'EUR',
  paymentMethod: 'tok_approve',
  capture: true,
};
const charge = {
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
};

let psp: Awaited<ReturnType<typeof scriptedPsp>>;
beforeAll(async () => {
  psp = await scriptedPsp();
});
afterAll(() => psp.close());

const provider = () => simulatorProvider({ baseUrl: psp.url, deadlineMs });

describe('a charge', () => {
  const approved = {
    kind: 'approved',
    providerReference: 'ch_1',
    amountMinor: 10_000,
    currency: 'EUR',
    captured: true,
    authorizedUntil: null,
  };
  const until = '2026-01-08T00:00:00.000Z';
  const authorized = {
    status: 'authorized',
    captured: false,
    amount_captured: 0,
    authorized_until: until,
  };

  it('is sent as the PSP takes it, with its operation id as the idempotency key', async () => {
    psp.answerWith(json(200, charge));
    await simulatorProvider({ baseUrl: `${psp.url}/stage/`, deadlineMs }).charge(request);
    expect(psp.received).toHaveLength(1);
    expect(psp.received[0]).toMatchObject({
      method: 'POST',
      url: '/stage/charges',
      headers: { 'idempotency-key': 'op-1', 'content-type': 'application/json' },
    });
    expect(JSON.parse(psp.received[0]?.body ?? '')).toEqual({
      operation_id: 'op-1',
      reference: 'pay-1',
      amount: 10_000,
      currency: 'EUR',
      payment_method: 'tok_approve',
      capture: true,
    });
  });

  it('keeps no connection that could be gone when the next one needs it', async () => {
    psp.answerWith(json(200, charge));
    await provider().charge(request);
    expect(psp.received[0]?.headers.connection).toBe('close');
  });

  it.each([
    ['captured', charge, approved],
    [
      'authorized, until then',
      { ...charge, ...authorized },
      { ...approved, captured: false, authorizedUntil: until },
    ],
    [
      'over another amount',
      {
        ...charge,
        amount: 9_999,
        amount_captured: 9_999,
        operation: { ...charge.operation, amount: 9_999 },
      },
      { ...approved, amountMinor: 9_999 },
    ],
    ['in another currency', { ...charge, currency: 'USD' }, { ...approved, currency: 'USD' }],
    ['with a field that is new to us', { ...charge, fee: 1 }, approved],
  ])('is approved as the PSP says: %s', async (_name, body, outcome) => {
    psp.answerWith(json(200, body));
    expect(await provider().charge(request)).toEqual(outcome);
  });

  it.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['lost_card', 'lost_card'],
    ['do_not_honor', 'do_not_honor'],
    ['card_eaten_by_dog', 'declined'],
    ['constructor', 'declined'],
  ])('is declined with 402: %s is %s', async (theirs, ours) => {
    psp.answerWith(error(402, theirs));
    expect(await provider().charge(request)).toEqual({
      kind: 'declined',
      code: ours,
      message: 'No.',
    });
  });

  it.each([
    [400, 'malformed_json'],
    [400, 'invalid_request'],
    [422, 'unknown_token'],
  ])('is rejected with %i %s, which the request alone decides', async (status, code) => {
    psp.answerWith(error(status, code));
    expect(await provider().charge(request)).toEqual({
      kind: 'declined',
      code: 'provider_rejected',
      message: `${code}: No.`,
    });
  });

  it.each([
    ['429 of the PSP', error(429, 'busy')],
    ['429 of its gateway', json(429, { message: 'Too Many Requests' })],
    ['429 without a body', text(429, '')],
    ['429 that breaks off', breaksOff(429, '{"error":')],
  ])('was not processed when the answer is %s', async (_name, script) => {
    psp.answerWith(script);
    expect(await provider().charge(request)).toEqual({ kind: 'busy', reason: 'answered 429' });
  });

  it('was not processed when nobody listens', async () => {
    const gone = await scriptedPsp();
    await gone.close();
    const { charge } = simulatorProvider({ baseUrl: gone.url, deadlineMs });
    expect(await charge(request)).toEqual({ kind: 'busy', reason: 'not sent: ECONNREFUSED' });
  });

  it.each([
    ['500', error(500, 'internal_error'), 'answered 500'],
    ['502', text(502, '<html>'), 'answered 502'],
    ['503', error(503, 'unavailable'), 'answered 503'],
    ['504', json(504, { message: 'Endpoint request timed out' }), 'answered 504'],
    ['201', json(201, charge), 'answered 201'],
    ['204', text(204, ''), 'answered 204'],
    ['403', json(403, { message: 'Forbidden' }), 'answered 403'],
    ['404', error(404, 'not_found'), 'answered 404'],
    ['a reused operation id', error(409, 'operation_id_reused'), 'answered 409'],
    ['a 409 that charges do not have', error(409, 'not_voidable'), 'answered 409'],
    ['a 400 of the gateway', json(400, { message: 'Bad request' }), 'answered 400'],
    ['a 422 with another code', error(422, 'something_else'), 'answered 422'],
    ['a code under another status', error(500, 'unknown_token'), 'answered 500'],
    ['a 402 that is cut off', text(402, '{"error":{"code":"lost'), 'answered 402'],
    ['a 402 without a code', json(402, { error: { message: 'No.' } }), 'answered 402'],
    [
      'a charge that is cut off',
      text(200, JSON.stringify(charge).slice(0, 60)),
      'answered 200 with a body that is no charge',
    ],
    ['no charge', json(200, { ok: true }), 'answered 200 with a body that is no charge'],
    ['nothing', text(200, ''), 'answered 200 with a body that is no charge'],
    [
      'an amount that is a text',
      json(200, { ...charge, amount: '10000' }),
      'answered 200 with a body that is no charge',
    ],
    [
      'the charge of another payment',
      json(200, { ...charge, reference: 'pay-2' }),
      'answered 200 with another charge than asked',
    ],
    [
      'a charge that is voided',
      json(200, { ...charge, status: 'voided', captured: false, amount_voided: 10_000 }),
      'answered 200 with another charge than asked',
    ],
    [
      'a charge that contradicts itself',
      json(200, { ...charge, captured: false }),
      'answered 200 with another charge than asked',
    ],
    [
      'an answer to another operation',
      json(200, { ...charge, operation: { ...charge.operation, id: 'op-2' } }),
      'answered 200 with another charge than asked',
    ],
    [
      'an answer to another kind of operation',
      json(200, { ...charge, operation: { ...charge.operation, type: 'capture' } }),
      'answered 200 with another charge than asked',
    ],
    [
      'a charge that did something else',
      json(200, { ...charge, operation: { ...charge.operation, amount: 9_999 } }),
      'answered 200 with another charge than asked',
    ],
    [
      'a charge that says nothing of what was done',
      json(200, { ...charge, operation: undefined }),
      'answered 200 with a body that is no charge',
    ],
    ['a connection reset', resets, 'connection lost: ECONNRESET'],
    ['a connection closed', closes, 'connection lost: UND_ERR_SOCKET'],
    [
      'a reset within the answer',
      breaksOff(200, JSON.stringify(charge).slice(0, 60)),
      expect.stringMatching(/^answered 200, then connection lost: [A-Z_]+$/),
    ],
    ['no answer in time', neverAnswers, 'no answer within 250 ms'],
    [
      'an answer that does not end in time',
      neverEnds(200),
      'answered 200, then no answer within 250 ms',
    ],
  ])('has an unknown outcome, and is sent once, after %s', async (_name, script, reason) => {
    psp.answerWith(script);
    expect(await provider().charge(request)).toEqual({ kind: 'unknown', reason });
    expect(psp.received).toHaveLength(1);
  });

  it('does not follow a redirect, which would send it twice', async () => {
    psp.answerWith((response) => response.writeHead(307, { Location: '/elsewhere' }).end());
    expect(await provider().charge(request)).toEqual({ kind: 'unknown', reason: 'answered 307' });
    expect(psp.received.map(({ url }) => url)).toEqual(['/charges']);
  });

  it('takes an answer that comes after the deadline for none', async () => {
    let late: Parameters<Script>[0] | undefined;
    psp.answerWith((response) => {
      late = response;
    });
    expect((await provider().charge(request)).kind).toBe('unknown');
    if (late) {
      json(200, charge)(late);
    }
    psp.answerWith(error(402, 'lost_card'));
    expect((await provider().charge(request)).kind).toBe('declined');
  });

  it('keeps a long message of the PSP short', async () => {
    psp.answerWith(json(402, { error: { code: 'lost_card', message: 'x'.repeat(10_000) } }));
    expect(await provider().charge(request)).toMatchObject({ message: 'x'.repeat(200) });
  });
});

it('is refused at start-up with an address that is none', () => {
  expect(() => simulatorProvider({ baseUrl: 'simulator' })).toThrow(/URL/);
});
