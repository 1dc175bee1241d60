import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  breaksOff,
  error,
  json,
  neverAnswers,
  resets,
  scriptedPsp,
  text,
} from '../../../test/support/psp/scripted-psp.ts';
import type { InquiryRequest } from '../../ports/provider.ts';
import { simulatorProvider } from './simulator-provider.ts';

const authorized = {
  id: 'ch_1',
  reference: 'pay-1',
  status: 'authorized',
  amount: 10_000,
  currency: 'EUR',
  captured: false,
  amount_captured: 0,
  amount_voided: 0,
  amount_refunded: 0,
  amount_disputed: 0,
  authorized_until: '2026-01-08T00:00:00.000Z',
};
const captured = { ...authorized, status: 'captured', captured: true, amount_captured: 6_000 };

/** What is asked, and an operation of the PSP's that answers it. */
const cases = {
  charge: {
    request: { kind: 'charge', amountMinor: 10_000 },
    operation: { type: 'charge', amount: 10_000, released: 0, charge: authorized },
  },
  capture: {
    request: { kind: 'capture', amountMinor: 6_000 },
    operation: { type: 'capture', amount: 6_000, released: 0, charge: captured },
  },
  'final capture': {
    request: { kind: 'capture', amountMinor: 6_000 },
    operation: {
      type: 'capture',
      amount: 6_000,
      released: 4_000,
      charge: { ...captured, amount_voided: 4_000 },
    },
  },
  void: {
    request: { kind: 'void', amountMinor: null },
    operation: {
      type: 'void',
      amount: 4_000,
      released: 0,
      charge: { ...captured, amount_voided: 4_000 },
    },
  },
  refund: {
    request: { kind: 'refund', amountMinor: 1_000 },
    operation: {
      type: 'refund',
      amount: 1_000,
      released: 0,
      charge: { ...captured, amount_refunded: 3_000 },
    },
  },
  'refund of everything': {
    request: { kind: 'refund', amountMinor: null },
    operation: {
      type: 'refund',
      amount: 5_000,
      released: 0,
      charge: { ...captured, amount_refunded: 5_000, amount_disputed: 1_000 },
    },
  },
} as const;
const names = Object.keys(cases) as (keyof typeof cases)[];

const requestOf = (name: keyof typeof cases): InquiryRequest => ({
  operationId: 'op-1',
  reference: 'pay-1',
  currency: 'EUR',
  ...cases[name].request,
});

/** An answer of the PSP with this operation in it, and others. */
function inquiryWith(...operations: readonly object[]) {
  const decline = { code: 'lost_card', message: 'No.' };
  const another = { id: 'op-0', type: 'charge', status: 'declined', amount: 1, currency: 'EUR' };
  return { charge: captured, operations: [{ ...another, error: decline }, ...operations] };
}

const succeeded = (operation: object) => ({ id: 'op-1', status: 'succeeded', ...operation });
const declined = (type: string, code: string) => ({
  id: 'op-1',
  type,
  status: 'declined',
  amount: null,
  currency: 'EUR',
  error: { code, message: 'No.' },
});

let psp: Awaited<ReturnType<typeof scriptedPsp>>;
beforeAll(async () => {
  psp = await scriptedPsp();
});
afterAll(() => psp.close());

const provider = () => simulatorProvider({ baseUrl: `${psp.url}/stage/`, deadlineMs: 250 });
const ask = (name: keyof typeof cases, part: Partial<InquiryRequest> = {}) =>
  provider().inquire({ ...requestOf(name), ...part });

describe.each(names)('an inquiry about a %s', (name) => {
  const { operation } = cases[name];
  const fitting = name === 'charge' ? { kind: 'approved' } : { kind: 'done' };

  it('asks for the reference and nothing else, once', async () => {
    psp.answerWith(json(200, inquiryWith(succeeded(operation))));
    await ask(name);
    expect(psp.received).toHaveLength(1);
    expect(psp.received[0]).toMatchObject({
      method: 'GET',
      url: '/stage/charges?reference=pay-1',
      body: '',
      headers: { connection: 'close' },
    });
    expect(psp.received[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('has what the PSP has on record, whatever became of the charge since', async () => {
    psp.answerWith(json(200, inquiryWith(succeeded(operation))));
    expect(await ask(name)).toMatchObject(fitting);
  });

  it.each([
    ['with another amount than its charge', { amount: 10_001 }],
    ['on the charge of another payment', { charge: { ...operation.charge, reference: 'pay-2' } }],
    ['on a charge that contradicts itself', { charge: { ...operation.charge, status: 'voided' } }],
  ])('says nothing when the operation is one %s', async (_name, part) => {
    psp.answerWith(json(200, inquiryWith(succeeded({ ...operation, ...part }))));
    expect(await ask(name)).toMatchObject({ kind: 'unavailable' });
  });

  it('says nothing when the operation is of another kind, done or declined', async () => {
    const type = operation.type === 'void' ? 'refund' : 'void';
    for (const known of [succeeded({ ...operation, type }), declined(type, 'lost_card')]) {
      psp.answerWith(json(200, inquiryWith(known)));
      expect(await ask(name)).toEqual({
        kind: 'unavailable',
        reason: `the operation is a ${type} there`,
      });
    }
  });

  it('says nothing when the operation is there twice', async () => {
    const known = succeeded(operation);
    psp.answerWith(json(200, inquiryWith(known, known)));
    expect(await ask(name)).toEqual({
      kind: 'unavailable',
      reason: 'the operation is on record more than once',
    });
  });

  it('finds nothing where the PSP knows of other operations alone', async () => {
    psp.answerWith(json(200, inquiryWith()));
    expect(await ask(name)).toEqual({ kind: 'not_found' });
  });

  it('finds nothing where the PSP knows nothing of the reference', async () => {
    psp.answerWith(error(404, 'charge_not_found'));
    expect(await ask(name)).toEqual({ kind: 'not_found' });
  });

  it.each([
    ['do_not_honor', 'do_not_honor', 'No.'],
    ['mood', 'declined', 'No.'],
    ['invalid_request', 'provider_rejected', 'invalid_request: No.'],
  ])('has a decline: %s is %s', async (theirs, ours, message) => {
    psp.answerWith(json(200, inquiryWith(declined(operation.type, theirs))));
    expect(await ask(name)).toEqual({ kind: 'declined', code: ours, message });
  });
});

describe('an inquiry', () => {
  it('has a charge as the PSP approved it, also over something else', async () => {
    const charge = { ...authorized, amount: 9_999, currency: 'USD' };
    const operation = { ...cases.charge.operation, amount: 9_999, charge };
    psp.answerWith(json(200, inquiryWith(succeeded(operation))));
    expect(await ask('charge')).toEqual({
      kind: 'approved',
      providerReference: 'ch_1',
      amountMinor: 9_999,
      currency: 'USD',
      captured: false,
      authorizedUntil: '2026-01-08T00:00:00.000Z',
    });
  });

  it('has a charge that was captured in the same call', async () => {
    const charge = { ...captured, amount_captured: 10_000, authorized_until: null };
    const operation = { ...cases.charge.operation, charge };
    psp.answerWith(json(200, inquiryWith(succeeded(operation))));
    expect(await ask('charge')).toMatchObject({ captured: true, authorizedUntil: null });
  });

  it.each([
    ['capture', { amountMinor: 5_999 }],
    ['capture', { amountMinor: null }],
    ['capture', { currency: 'USD' }],
    ['void', { currency: 'USD' }],
    ['refund', { amountMinor: 999 }],
    ['refund', { amountMinor: null }],
    ['refund', { currency: 'USD' }],
  ] as const)('says nothing of a %s when %o was asked', async (name, part) => {
    psp.answerWith(json(200, inquiryWith(succeeded(cases[name].operation))));
    expect(await ask(name, part)).toEqual({
      kind: 'unavailable',
      reason: 'answered 200 with another charge than asked',
    });
  });

  it('says nothing of a void that left something', async () => {
    const charge = { ...captured, amount_voided: 3_999 };
    const operation = { ...cases.void.operation, amount: 3_999, charge };
    psp.answerWith(json(200, inquiryWith(succeeded(operation))));
    expect(await ask('void')).toMatchObject({ kind: 'unavailable' });
  });

  it('knows a capture that came too late by our code', async () => {
    psp.answerWith(json(200, inquiryWith(declined('capture', 'authorization_expired'))));
    expect(await ask('capture')).toMatchObject({ code: 'authorization_expired' });
  });

  it('keeps a reference within its query', async () => {
    psp.answerWith(error(404, 'charge_not_found'));
    await ask('charge', { reference: 'a&b=c/d' });
    expect(psp.received[0]?.url).toBe('/stage/charges?reference=a%26b%3Dc%2Fd');
  });

  it.each([
    ['409', error(409, 'ambiguous_reference'), /more than one/],
    ['429', error(429, 'busy'), /^answered 429$/],
    ['500', error(500, 'internal_error'), /^answered 500$/],
    ['503', error(503, 'unavailable'), /^answered 503$/],
    ['404 of its gateway', json(404, { message: 'Not Found' }), /^answered 404$/],
    ['404 of another route', error(404, 'not_found'), /^answered 404$/],
    ['403', json(403, { message: 'Forbidden' }), /^answered 403$/],
    ['the code of a 404 under another status', error(500, 'charge_not_found'), /^answered 500$/],
    ['402', error(402, 'lost_card'), /^answered 402$/],
    ['nothing', text(200, ''), /a body that is no inquiry$/],
    ['a charge alone', json(200, authorized), /a body that is no inquiry$/],
    [
      'an operation that neither succeeded nor was declined',
      json(200, inquiryWith({ ...succeeded(cases.capture.operation), status: 'pending' })),
      /a body that is no inquiry$/,
    ],
    ['no answer in time', neverAnswers, /^no answer within 250 ms$/],
    ['a connection reset', resets, /^connection lost: ECONNRESET$/],
    ['an answer that breaks off', breaksOff(200, '{'), /^answered 200, then connection lost/],
  ])('says nothing, and is sent once, after %s', async (_name, script, reason) => {
    psp.answerWith(script);
    expect(await ask('charge')).toEqual({
      kind: 'unavailable',
      reason: expect.stringMatching(reason),
    });
    expect(psp.received).toHaveLength(1);
  });

  it('says nothing when nobody listens', async () => {
    const gone = await scriptedPsp();
    await gone.close();
    const { inquire } = simulatorProvider({ baseUrl: gone.url, deadlineMs: 250 });
    expect(await inquire(requestOf('charge'))).toEqual({
      kind: 'unavailable',
      reason: 'not sent: ECONNREFUSED',
    });
  });
});

it('a PSP goes by the name that it is given', () => {
  expect(simulatorProvider({ baseUrl: psp.url }).name).toBe('simulator');
  expect(simulatorProvider({ baseUrl: psp.url, name: 'simulator-b' }).name).toBe('simulator-b');
});
