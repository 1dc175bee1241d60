import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { error, json, neverAnswers, scriptedPsp } from '../../../test/support/psp/scripted-psp.ts';
import type { Provider } from '../../ports/provider.ts';
import { simulatorProvider } from './simulator-provider.ts';

const of = { operationId: 'op-2', providerReference: 'ch_1' };
const captureRequest = { ...of, amountMinor: 6_000, currency: 'EUR', final: false };

/** What is asked of a charge of 100.00, and what the PSP answers when it has done it. */
const asked = {
  'a capture': {
    run: (provider: Provider) => provider.capture(captureRequest),
    path: '/charges/ch_1/capture',
    sent: { operation_id: 'op-2', amount: 6_000, final: false },
    done: answer('capture', 6_000, { amount_captured: 6_000 }),
  },
  'a final capture': {
    run: (provider: Provider) => provider.capture({ ...captureRequest, final: true }),
    path: '/charges/ch_1/capture',
    sent: { operation_id: 'op-2', amount: 6_000, final: true },
    done: answer('capture', 6_000, { amount_captured: 6_000, amount_voided: 4_000 }, 4_000),
  },
  'a void': {
    run: (provider: Provider) => provider.void(of),
    path: '/charges/ch_1/void',
    sent: { operation_id: 'op-2' },
    done: answer('void', 10_000, { amount_voided: 10_000 }),
  },
  'a void of the rest': {
    run: (provider: Provider) => provider.void(of),
    path: '/charges/ch_1/void',
    sent: { operation_id: 'op-2' },
    done: answer('void', 4_000, { amount_captured: 6_000, amount_voided: 4_000 }),
  },
  'a refund': {
    run: (provider: Provider) => provider.refund({ ...of, amountMinor: 1_000 }),
    path: '/charges/ch_1/refund',
    sent: { operation_id: 'op-2', amount: 1_000 },
    done: answer('refund', 1_000, { amount_captured: 10_000, amount_refunded: 3_000 }),
  },
  'a refund of everything': {
    run: (provider: Provider) => provider.refund({ ...of, amountMinor: null }),
    path: '/charges/ch_1/refund',
    sent: { operation_id: 'op-2' },
    done: answer('refund', 8_000, {
      amount_captured: 10_000,
      amount_refunded: 9_000,
      amount_disputed: 1_000,
    }),
  },
} as const;
const names = Object.keys(asked) as (keyof typeof asked)[];

/** What the state of a charge can say against each. */
const refusals = {
  capture: 'not_capturable',
  void: 'not_voidable',
  refund: 'not_refundable',
} as const;

/** A charge as it is after an operation, with a status that fits its amounts. */
function answer(
  type: 'capture' | 'void' | 'refund',
  amount: number,
  part: Readonly<
    Partial<Record<`amount_${'captured' | 'voided' | 'refunded' | 'disputed'}`, number>>
  >,
  released = 0,
) {
  const { amount_captured = 0, amount_voided = 0, amount_refunded = 0, amount_disputed = 0 } = part;
  const settled = amount_captured === amount_refunded ? 'refunded' : 'captured';
  return {
    id: 'ch_1',
    reference: 'pay-1',
    status: amount_captured > 0 ? settled : 'voided',
    amount: 10_000,
    currency: 'EUR',
    captured: amount_captured > 0,
    amount_captured,
    amount_voided,
    amount_refunded,
    amount_disputed,
    authorized_until: '2026-01-08T00:00:00.000Z',
    operation: { id: 'op-2', type, amount, released },
  };
}

let psp: Awaited<ReturnType<typeof scriptedPsp>>;
beforeAll(async () => {
  psp = await scriptedPsp();
});
afterAll(() => psp.close());

const provider = () => simulatorProvider({ baseUrl: psp.url, deadlineMs: 250 });

describe.each(names)('%s', (name) => {
  const { run, path, sent, done } = asked[name];
  const type = done.operation.type;

  it('is done when the PSP says exactly that', async () => {
    psp.answerWith(json(200, done));
    expect(await run(provider())).toEqual({ kind: 'done' });
    expect(psp.received).toHaveLength(1);
    expect(psp.received[0]).toMatchObject({
      method: 'POST',
      url: path,
      headers: { 'idempotency-key': 'op-2' },
    });
    expect(JSON.parse(psp.received[0]?.body ?? '')).toEqual(sent);
  });

  it.each([
    ['of another charge', { id: 'ch_2' }],
    ['of another operation', { operation: { ...done.operation, id: 'op-1' } }],
    ['of another kind of operation', { operation: { ...done.operation, type: 'charge' } }],
    ['of a charge with another status', { status: 'authorized' }],
    ['that took more than its total', { operation: { ...done.operation, amount: 10_001 } }],
    ['that captured more than was authorized', { amount_captured: 10_001 }],
    ['that refunded more than was captured', { amount_refunded: 10_001 }],
    ['that does not say what it did', { operation: undefined }],
  ])('has an unknown outcome after an answer %s', async (_name, part) => {
    psp.answerWith(json(200, { ...done, ...part }));
    expect(await run(provider())).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    [409, refusals[type]],
    [400, 'malformed_json'],
    [400, 'invalid_request'],
  ])('is rejected with %i %s, which proves that it took no effect', async (status, code) => {
    psp.answerWith(error(status, code));
    expect(await run(provider())).toEqual({
      kind: 'declined',
      code: 'provider_rejected',
      message: `${code}: No.`,
    });
  });

  it.each([
    ['402', error(402, 'do_not_honor'), 'declined'],
    ['429', error(429, 'busy'), 'busy'],
    ['a reused operation id', error(409, 'operation_id_reused'), 'unknown'],
    ['a charge that the PSP does not know', error(404, 'charge_not_found'), 'unknown'],
    ['a refusal of another operation', error(409, 'not_disputable'), 'unknown'],
    ['500', error(500, 'internal_error'), 'unknown'],
    ['no answer in time', neverAnswers, 'unknown'],
  ])('after %s', async (_name, script, kind) => {
    psp.answerWith(script);
    expect((await run(provider())).kind).toBe(kind);
  });
});

describe('a capture', () => {
  it('is declined when its authorization has ended', async () => {
    psp.answerWith(error(409, 'authorization_expired'));
    expect(await provider().capture(captureRequest)).toEqual({
      kind: 'declined',
      code: 'authorization_expired',
      message: 'authorization_expired: No.',
    });
  });

  it.each([
    ['took another amount', answer('capture', 5_999, { amount_captured: 6_000 })],
    [
      'took it in another currency',
      { ...answer('capture', 6_000, { amount_captured: 6_000 }), currency: 'USD' },
    ],
    ['released something', asked['a final capture'].done],
  ])('has an unknown outcome when the PSP %s', async (_name, body) => {
    psp.answerWith(json(200, body));
    expect(await provider().capture(captureRequest)).toMatchObject({ kind: 'unknown' });
  });

  it('that is final has an unknown outcome when something is left', async () => {
    psp.answerWith(json(200, asked['a capture'].done));
    expect(await asked['a final capture'].run(provider())).toMatchObject({ kind: 'unknown' });
  });
});

describe('a void', () => {
  it('has an unknown outcome when something is left', async () => {
    psp.answerWith(
      json(200, { ...answer('void', 4_000, { amount_voided: 4_000 }), status: 'authorized' }),
    );
    expect(await provider().void(of)).toMatchObject({ kind: 'unknown' });
  });

  it('keeps a reference of the PSP within its path', async () => {
    psp.answerWith(json(200, asked['a void'].done));
    await provider().void({ ...of, providerReference: 'ch/../1' });
    expect(psp.received[0]?.url).toBe('/charges/ch%2F..%2F1/void');
  });
});

describe('a refund', () => {
  it.each([
    ['of another amount', 1_000, 999],
    ['of everything that leaves something', null, 1_000],
  ])('%s has an unknown outcome', async (_name, amountMinor, amount) => {
    psp.answerWith(
      json(200, answer('refund', amount, { amount_captured: 10_000, amount_refunded: 3_000 })),
    );
    expect(await provider().refund({ ...of, amountMinor })).toMatchObject({ kind: 'unknown' });
  });
});
