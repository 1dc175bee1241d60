import { describe, expect, it } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import {
  mostOperations,
  type OperationKind,
} from '../../../shared/domain/payment/operations/operation.ts';
import { withKey } from '../../../test/support/api/memory-api.ts';
import type { FactName } from '../../../test/support/payments/facts.ts';
import { anApiWith, takeAlong } from '../../../test/support/payments/operations.ts';

const kinds = ['capture', 'cancel', 'refund'] as const;
const authorized = ['reserved', 'authorized'] as const;
const partly = [...authorized, 'captureRequested', 'captureStarted', 'capturedPart'] as const;
const captured = ['reserved', 'captured'] as const;

/** What may be asked, and what the refusal of the rest says of the state. */
const situations: readonly [
  name: string,
  names: readonly FactName[],
  state: string,
  allowed: readonly OperationKind[],
  detail: string,
][] = [
  ['is processing', [], 'processing', [], 'The payment is processing.'],
  ['is reserved', ['reserved'], 'processing', [], 'The payment is processing.'],
  [
    'has no known outcome',
    ['reserved', 'unknownCharge'],
    'processing',
    [],
    'The payment is processing.',
  ],
  ['is authorized', authorized, 'authorized', ['capture', 'cancel'], 'The payment is authorized.'],
  [
    'is being captured in part',
    [...authorized, 'captureRequested'],
    'authorized',
    ['capture'],
    'The payment is authorized, and a capture of it is under way.',
  ],
  [
    'is being captured for the last time',
    [...authorized, 'restRequested'],
    'authorized',
    [],
    'The payment is authorized, and a capture of it is under way.',
  ],
  [
    'is being canceled',
    [...authorized, 'cancelRequested'],
    'authorized',
    [],
    'The payment is authorized, and a cancellation of it is under way.',
  ],
  [
    'is expiring',
    [...authorized, 'expiryRequested'],
    'authorized',
    [],
    'The payment is authorized, and a cancellation of it is under way.',
  ],
  [
    'has a capture that nobody knows the outcome of',
    [...authorized, 'captureRequested', 'captureStarted', 'captureUnknown'],
    'authorized',
    ['capture'],
    'The payment is authorized, and a capture of it is under way.',
  ],
  [
    'is captured in part',
    partly,
    'partially_captured',
    ['capture', 'cancel', 'refund'],
    'The payment is partially_captured.',
  ],
  [
    'is captured in part, and being canceled',
    [...partly, 'cancelRestRequested'],
    'partially_captured',
    ['refund'],
    'The payment is partially_captured, and a cancellation of it is under way.',
  ],
  ['is captured', captured, 'captured', ['refund'], 'The payment is captured.'],
  ['is disputed', [...captured, 'disputeOpened'], 'captured', [], 'The payment is captured.'],
  [
    'is canceled',
    [...authorized, 'cancelRequested', 'canceled'],
    'canceled',
    [],
    'The payment is canceled.',
  ],
  [
    'is expired',
    [...authorized, 'expiryRequested', 'expired'],
    'expired',
    [],
    'The payment is expired.',
  ],
  [
    'is captured in part, then canceled',
    [...partly, 'cancelRestRequested', 'canceledRest'],
    'canceled',
    ['refund'],
    'The payment is canceled.',
  ],
  ['has failed', ['failed'], 'failed', [], 'The payment is failed.'],
];

describe('a payment that', () => {
  it.each(situations)(
    '%s says what it is, and what may be asked of it',
    async (_name, names, state, allowed, detail) => {
      for (const kind of kinds) {
        const { api, id, since } = await anApiWith(names);
        const answer = await api.ask(kind, id);
        if (allowed.includes(kind)) {
          expect([kind, answer.status]).toEqual([kind, 202]);
          continue;
        }
        expect([kind, answer.status]).toEqual([kind, 409]);
        expect(answer.headers).not.toHaveProperty('Location');
        expect(answer.json).toMatchObject({
          type: 'urn:paysaga:problem:invalid_state',
          code: 'invalid_state',
          state,
          allowed,
          detail: expect.stringContaining(detail.slice(0, -1)),
        });
        expect(since()).toEqual([]);
      }
    },
  );

  it('has nothing left says so', async () => {
    const { api, id } = await anApiWith(captured);
    await api.ask('refund', id);
    expect((await api.ask('refund', id)).json).toMatchObject({
      detail: 'The payment is captured, and a refund of it is under way.',
      allowed: [],
    });
    const disputed = await anApiWith([...captured, 'disputeOpened']);
    expect((await disputed.api.ask('refund', disputed.id)).json.detail).toBe(
      'The payment is captured, and nothing of it is left to refund.',
    );
  });

  it('is being captured takes no final capture beside, whatever its amount', async () => {
    const { api, id, since } = await anApiWith([...authorized, 'captureRequested']);
    const answer = await api.ask('capture', id, { amount: 1, final: true });
    expect(answer.json).toMatchObject({
      code: 'invalid_state',
      state: 'authorized',
      allowed: ['capture'],
      detail: 'A final capture has to be the only one under way.',
    });
    expect(since()).toEqual([]);
  });

  it('was asked as much as it takes is asked nothing more, but gets its replays', async () => {
    const { api, id } = await anApiWith(authorized);
    const first = await api.ask('capture', id, { amount: 1 }, withKey('first'));
    const asked: PaymentFact[] = Array.from({ length: mostOperations.capture - 1 }, (_, index) => ({
      type: 'payment.capture_requested',
      facts: {
        operation_id: `00000000-0000-8000-8000-${String(index).padStart(12, '0')}`,
        amount: 1,
        final: false,
        request_hash: 'h',
      },
    }));
    await takeAlong(api, id, ...asked);
    const before = api.store.allEvents.length;
    expect(await api.ask('capture', id, { amount: 1 })).toMatchObject({
      status: 409,
      json: {
        code: 'too_many_operations',
        most: mostOperations.capture,
        detail: 'As much was asked of this payment as one payment takes.',
      },
    });
    expect((await api.ask('refund', id)).json).toMatchObject({ code: 'invalid_state' });
    expect(api.store.allEvents).toHaveLength(before);
    const again = await api.ask('capture', id, { amount: 1 }, withKey('first'));
    expect([again.status, again.text]).toEqual([202, first.text]);
  });
});

describe('an amount', () => {
  it.each([
    ['capture', authorized, 10_000],
    ['capture', [...authorized, 'captureRequested'], 6_000],
    ['capture', partly, 6_000],
    ['refund', captured, 10_000],
    ['refund', partly, 4_000],
    ['refund', [...captured, 'refundRequested'], 7_000],
    ['refund', [...captured, 'refundRequested', 'refundHeld', 'refunded'], 7_000],
  ] as const)(
    'above what there is to %s says how much there is',
    async (kind, names, available) => {
      const { api, id, since } = await anApiWith(names);
      const answer = await api.ask(kind, id, { amount: available + 1 });
      expect(answer.status).toBe(409);
      expect(answer.json).toMatchObject({ code: 'amount_too_large', available });
      expect(since()).toEqual([]);
      expect((await api.ask(kind, id, { amount: available })).status).toBe(202);
    },
  );

  it('is there again after the operation that had it failed', async () => {
    const { api, id } = await anApiWith([
      ...authorized,
      'captureRequested',
      'captureStarted',
      'captureDeclined',
      'captureFailed',
    ]);
    expect((await api.ask('capture', id)).json.amount).toBe(10_000);
  });
});
