import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anApiWith, takeAlong } from '../../../test/support/payments/operations.ts';

const restFailed: PaymentFact = {
  type: 'payment.operation_failed',
  facts: { ...facts.captureFailed.facts, operation_id: facts.restRequested.facts.operation_id },
};
const disputed: PaymentFact = {
  ...facts.disputeOpened,
  facts: { ...facts.disputeOpened.facts, amount: 1_000 },
};

/** A payment with some of each, a capture that failed among them. */
async function aFullPayment() {
  const payment = await anApiWith([
    'reserved',
    'authorized',
    'captureRequested',
    'capturedPart',
    'restRequested',
  ]);
  await takeAlong(
    payment.api,
    payment.id,
    restFailed,
    facts.cancelRestRequested,
    facts.canceledRest,
    facts.refundRequested,
    facts.refundHeld,
    facts.refunded,
    disputed,
  );
  return payment;
}

const idOf = {
  captures: facts.captureRequested.facts.operation_id,
  cancellations: facts.cancelRequested.facts.operation_id,
  refunds: facts.refundRequested.facts.operation_id,
};

describe('what was asked of a payment', () => {
  it.each([
    [
      'captures',
      endpoints.listCaptures,
      [
        { object: 'capture', status: 'succeeded', amount: 4_000, final: false, failure: null },
        {
          object: 'capture',
          status: 'failed',
          amount: 5_000,
          final: true,
          failure: { code: 'refused', message: 'No.' },
        },
      ],
    ],
    [
      'cancellations',
      endpoints.listCancellations,
      [{ object: 'cancellation', status: 'succeeded', amount: 6_000, cause: 'requested' }],
    ],
    [
      'refunds',
      endpoints.listRefunds,
      [{ object: 'refund', status: 'succeeded', amount: 3_000, reason: null }],
    ],
    [
      'disputes',
      endpoints.listDisputes,
      [
        {
          id: 'dp_1',
          object: 'dispute',
          status: 'opened',
          amount: 1_000,
          fee: 1_500,
          currency: 'EUR',
          reason: 'fraudulent',
        },
      ],
    ],
  ] as const)('is listed by its kind: %s', async (collection, endpoint, expected) => {
    const { api, id } = await aFullPayment();
    const answer = await api.asked(collection, id);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ object: 'list', data: expected, next_cursor: null });
    expect(answer.json.data).toHaveLength(expected.length);
    for (const item of answer.json.data) {
      expect(item.payment_id).toBe(id);
    }
    expect(endpoint.answers[200]?.safeParse(answer.json).success).toBe(true);
  });

  it('lists an expiry among the cancellations', async () => {
    const { api, id } = await anApiWith(['reserved', 'authorized', 'expiryRequested', 'expired']);
    expect((await api.asked('cancellations', id)).json.data).toMatchObject([
      { object: 'cancellation', cause: 'expired', status: 'succeeded' },
    ]);
  });

  it('is nothing where nothing was asked', async () => {
    const { api, id } = await anApiWith(['reserved', 'authorized']);
    for (const collection of ['captures', 'cancellations', 'refunds', 'disputes'] as const) {
      expect((await api.asked(collection, id)).json.data).toEqual([]);
    }
  });

  it.each(['captures', 'cancellations', 'refunds'] as const)(
    'is read one by one, under its own kind only: %s',
    async (collection) => {
      const { api, id } = await aFullPayment();
      const listed = (await api.asked(collection, id)).json.data[0];
      const answer = await api.asked(collection, id, idOf[collection]);
      expect([answer.status, answer.json]).toEqual([200, listed]);
      for (const other of ['captures', 'cancellations', 'refunds'] as const) {
        const { status } = await api.asked(other, id, idOf[collection]);
        expect([other, status]).toEqual([other, other === collection ? 200 : 404]);
      }
    },
  );
});

describe('what is not there', () => {
  const logs = recordLogs();
  const nobody = '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd';

  it.each(['captures', 'cancellations', 'refunds'] as const)(
    'is not found by an id that none of the %s has',
    async (collection) => {
      const { api, id } = await aFullPayment();
      for (const other of [nobody, 'no-id', '', id]) {
        const answer = await api.asked(collection, id, other);
        expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
      }
    },
  );

  it.each([
    ['captures', undefined],
    ['captures', idOf.captures],
    ['cancellations', undefined],
    ['cancellations', idOf.cancellations],
    ['refunds', undefined],
    ['refunds', idOf.refunds],
    ['disputes', undefined],
  ] as const)(
    'is answered to a stranger like a payment of nobody, byte for byte: %s %s',
    async (collection, operation) => {
      const { api, id } = await aFullPayment();
      const answers = await Promise.all(
        [id, nobody, 'no-id'].map((other) => api.asked(collection, other, operation, 'globex')),
      );
      for (const answer of answers) {
        expect(answer).toEqual(answers[0]);
      }
      expect(answers[0]).toMatchObject({
        status: 404,
        json: { code: 'not_found', detail: 'There is no payment with this id.' },
      });
      expect(logs.refusals()[0]).toMatchObject({ tenant: 'globex', payment_id: id });
    },
  );
});
