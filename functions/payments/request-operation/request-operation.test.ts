import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { securityHeaders } from '../../../shared/contracts/http-headers.ts';
import { requestedId } from '../../../shared/domain/ids.ts';
import { withKey } from '../../../test/support/api/memory-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { anApiWith } from '../../../test/support/payments/operations.ts';

const authorized = ['reserved', 'authorized'] as const;
const partly = [...authorized, 'captureRequested', 'captureStarted', 'capturedPart'] as const;

describe('POST /payments/{payment_id}/capture', () => {
  it('takes all that is held, as the last capture', async () => {
    const { api, id, since } = await anApiWith(authorized);
    const answer = await api.ask('capture', id, {}, withKey('k'));
    const operation = requestedId(id, 'POST /payments/{id}/capture', 'k');
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({
      id: operation,
      payment_id: id,
      status: 'processing',
      amount: 10_000,
      currency: 'EUR',
      failure: null,
      created: since()[0]?.time,
      object: 'capture',
      final: true,
    });
    expect(answer.headers).toEqual({
      'Content-Type': 'application/json',
      ...securityHeaders,
      'X-Correlation-Id': 'request-1',
      Location: `captures/${operation}`,
    });
    expect(since()).toMatchObject([
      {
        type: 'payment.capture_requested',
        causation_id: 'request-1',
        data: { operation_id: operation, amount: 10_000, final: true },
      },
    ]);
    expect(endpoints.capturePayment.answers[202]?.safeParse(answer.json).success).toBe(true);
  });

  it.each([
    [{ amount: 4_000 }, 4_000, false],
    [{ amount: 4_000, final: true }, 4_000, true],
    [{ amount: 10_000 }, 10_000, true],
    [{ amount: null, final: false }, 10_000, true],
  ])('takes %o', async (body, amount, final) => {
    const { api, id } = await anApiWith(authorized);
    expect((await api.ask('capture', id, body)).json).toMatchObject({ amount, final });
  });

  it('takes what others leave, in parts, up to all that is held', async () => {
    const { api, id, payment } = await anApiWith(authorized);
    for (const [body, amount, final] of [
      [{ amount: 4_000 }, 4_000, false],
      [{ amount: 5_999 }, 5_999, false],
      [{}, 1, false],
    ] as const) {
      expect((await api.ask('capture', id, body)).json).toMatchObject({ amount, final });
    }
    expect((await payment()).operations).toHaveLength(3);
  });

  it('takes what an earlier capture left', async () => {
    const { api, id } = await anApiWith(partly);
    expect((await api.ask('capture', id)).json).toMatchObject({ amount: 6_000, final: true });
  });
});

describe('POST /payments/{payment_id}/cancel', () => {
  it('gives back what is held, for a reason', async () => {
    const { api, id, since } = await anApiWith(partly);
    const answer = await api.ask('cancel', id, { reason: 'sold out' }, withKey('k'));
    const operation = requestedId(id, 'POST /payments/{id}/cancel', 'k');
    expect([answer.status, answer.headers.Location]).toEqual([202, `cancellations/${operation}`]);
    expect(answer.json).toMatchObject({
      id: operation,
      object: 'cancellation',
      status: 'processing',
      amount: 6_000,
      cause: 'requested',
      reason: 'sold out',
    });
    expect(since()).toMatchObject([{ type: 'payment.cancel_requested' }]);
    expect(endpoints.cancelPayment.answers[202]?.safeParse(answer.json).success).toBe(true);
  });
});

describe('POST /payments/{payment_id}/refunds', () => {
  it.each([
    ['a payment that is captured', ['reserved', 'captured'], 10_000],
    ['one that is captured in part', partly, 4_000],
    [
      'one whose rest was given back',
      [...partly, 'cancelRestRequested', 'cancelStarted', 'canceledRest'],
      4_000,
    ],
    [
      'one that is refunded in part',
      ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refunded'],
      7_000,
    ],
  ] as const)('gives back what is left of %s', async (_name, names, amount) => {
    const { api, id } = await anApiWith(names);
    const answer = await api.ask('refund', id, { reason: 'returned' }, withKey('k'));
    const operation = requestedId(id, 'POST /payments/{id}/refunds', 'k');
    expect([answer.status, answer.headers.Location]).toEqual([202, `refunds/${operation}`]);
    expect(answer.json).toMatchObject({
      object: 'refund',
      status: 'processing',
      amount,
      reason: 'returned',
    });
    expect(endpoints.refundPayment.answers[202]?.safeParse(answer.json).success).toBe(true);
  });

  it('gives back parts, up to all that is captured', async () => {
    const { api, id } = await anApiWith(['reserved', 'captured']);
    for (const amount of [3_000, 6_999, 1]) {
      expect((await api.ask('refund', id, { amount })).json).toMatchObject({ amount });
    }
    expect((await api.ask('refund', id, {})).json.code).toBe('invalid_state');
  });
});

describe('the Location of an answer', () => {
  it.each([
    ['capture', authorized, endpoints.capturePayment, endpoints.getCapture],
    ['cancel', authorized, endpoints.cancelPayment, endpoints.getCancellation],
    ['refund', ['reserved', 'captured'], endpoints.refundPayment, endpoints.getRefund],
  ] as const)(
    'of a %s leads from the path of the request to the operation',
    async (kind, names, post, get) => {
      const { api, id } = await anApiWith(names);
      const { headers, json } = await api.ask(kind, id);
      const at = (path: string) =>
        `https://api.example/stage${path.replace('{payment_id}', id).replace('{operation_id}', json.id)}`;
      expect(new URL(String(headers.Location), at(post.path)).href).toBe(at(get.path));
    },
  );
});

describe('the body of a request on a payment', () => {
  it.each([
    ['{}', {}, {}],
    ['nothing at all', undefined, {}],
    ['an empty text', '', {}],
    ['nothing, of no type', undefined, { 'Content-Type': [] }],
    ['nothing, of another type', undefined, { 'Content-Type': 'text/plain' }],
  ])('may be %s, which is the same', async (_name, body, headers) => {
    const { api, id } = await anApiWith(authorized);
    const first = await api.ask('capture', id, {}, withKey('k'));
    const again = await api.ask('capture', id, body, {
      headers: { 'Idempotency-Key': 'k', ...headers },
    });
    expect(again).toEqual({
      ...first,
      headers: { ...first.headers, 'Idempotent-Replayed': 'true' },
    });
  });

  it.each([
    ['of another type', '{}', { 'Content-Type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['of no type', '{}', { 'Content-Type': [] }, 415, 'unsupported_media_type'],
    ['blank', ' ', {}, 400, 'malformed_json'],
    ['no JSON', '{', {}, 400, 'malformed_json'],
    ['null', 'null', {}, 400, 'invalid_request'],
    ['with a field that is not known', { amuont: 1 }, {}, 400, 'invalid_request'],
    ['with an amount of 0', { amount: 0 }, {}, 400, 'invalid_request'],
    ['with a fraction', '{"amount":1.5}', {}, 400, 'invalid_request'],
    ['with a text for an amount', { amount: '1' }, {}, 400, 'invalid_request'],
    ['with a text for final', { final: 'true' }, {}, 400, 'invalid_request'],
    ['with a card number', { reason: '4242'.repeat(4) }, {}, 400, 'card_data_refused'],
  ])('may not be %s', async (_name, body, headers, status, code) => {
    const { api, id, since } = await anApiWith(authorized);
    const answer = await api.ask('capture', id, body, {
      headers: { 'Idempotency-Key': 'k', ...headers },
    });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(since()).toEqual([]);
  });

  it.each([
    ['cancel', { amount: 1 }],
    ['cancel', { reason: '' }],
    ['cancel', { reason: 'x'.repeat(201) }],
    ['refund', { final: true }],
    ['refund', { reason: 1 }],
  ] as const)('may for a %s not be %o', async (kind, body) => {
    const { api, id, since } = await anApiWith(partly);
    expect((await api.ask(kind, id, body)).json.code).toBe('invalid_request');
    expect(since()).toEqual([]);
  });
});

describe('a payment that is not the tenant’s', () => {
  const logs = recordLogs();

  it.each(['capture', 'cancel', 'refund'] as const)(
    'is answered by a %s like one of nobody, byte for byte',
    async (kind) => {
      const { api, id, since } = await anApiWith(authorized);
      const answers = await Promise.all(
        [id, '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd', 'no-id', ''].map((other) =>
          api.ask(kind, other, {}, {}, 'globex'),
        ),
      );
      for (const answer of answers) {
        expect(answer).toEqual(answers[0]);
      }
      expect(answers[0]).toMatchObject({ status: 404, json: { code: 'not_found' } });
      expect(since()).toEqual([]);
      expect(logs.refusals()[0]).toMatchObject({ tenant: 'globex', code: 'not_found' });
    },
  );

  it('is not told from its owner’s operation by the owner’s key', async () => {
    const { api, id } = await anApiWith(authorized);
    await api.ask('capture', id, {}, withKey('k'));
    expect((await api.ask('capture', id, {}, withKey('k'), 'globex')).status).toBe(404);
  });

  it('is not looked at without an API key', async () => {
    const { api, id, since } = await anApiWith(authorized);
    const { status } = await api.ask('capture', id, {}, { headers: { Authorization: 'Bearer x' } });
    expect([status, since()]).toEqual([401, []]);
  });

  it('is logged with the operation, and without the key', async () => {
    const { api, id } = await anApiWith(authorized);
    await api.ask('refund', id, {}, withKey('a-key-that-stands-nowhere'));
    expect(logs.refusals()).toEqual([
      expect.objectContaining({
        payment_id: id,
        operation_id: requestedId(id, 'POST /payments/{id}/refunds', 'a-key-that-stands-nowhere'),
        code: 'invalid_state',
      }),
    ]);
    expect(logs.text()).not.toContain('a-key-that');
  });
});
