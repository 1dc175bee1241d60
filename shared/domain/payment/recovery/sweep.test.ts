import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../../test/support/payments/facts.ts';
import { after, authorized, nextStamp } from '../../../../test/support/payments/histories.ts';
import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import { operationId } from '../../ids.ts';
import { changePayment } from '../change.ts';
import { type Operation, operationOf } from '../operations/operation.ts';
import type { Payment } from '../state.ts';
import { dueOf, inquiryEndsMs, maxResumes, sweepOf, underWayMs } from './sweep.ts';

const expires = facts.authorized.facts.expires;
const hourMs = 3_600_000;
const stuckAfterMs = 600_000;

function later(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}

function take(payment: Payment, ...taken: readonly PaymentFact[]): Payment {
  return taken.reduce((before, fact) => changePayment(before, fact, nextStamp()).after, payment);
}

/** The operation that these facts end with. */
function last({ operations }: Payment): Operation {
  return operations.at(-1) as Operation;
}

const sweep = (payment: Payment, at: string) => sweepOf(payment, at, { stuckAfterMs });

const capturing = [...authorized, 'captureRequested', 'captureStarted'] as const;
const canceling = [...authorized, 'cancelRequested', 'cancelStarted'] as const;
const refunding = ['reserved', 'captured', 'refundRequested', 'refundHeld'] as const;

describe('when a payment is due for a sweeper', () => {
  it.each([
    ['authorized', [...authorized]],
    ['captured in part', [...authorized, 'captureRequested', 'capturedPart']],
    [
      'left as it was by a capture that failed',
      [...authorized, 'captureRequested', 'captureDeclined', 'captureFailed'],
    ],
  ] as const)('is the end of its authorization, %s', (_name, names) => {
    expect(dueOf(after(...names))).toEqual({ kind: 'expiry', at: expires });
  });

  it.each([
    ['before it is reserved', []],
    ['before it is charged', ['reserved']],
    ['when it was declined, and has not failed yet', ['reserved', 'declined']],
    ['when it was resumed', ['reserved', 'declined', 'resumed']],
  ] as const)('is a minute after its saga was asked for the last time, %s', (_name, names) => {
    const payment = after(...names);
    const at = later(payment.progress.since, underWayMs);
    expect(dueOf(payment)).toEqual({ kind: 'saga', at });
  });

  it.each([
    ['a capture that nobody has begun', [...authorized, 'captureRequested']],
    ['a capture', capturing],
    ['a capture that was resumed', [...capturing, 'captureResumed']],
    ['a cancellation', [...authorized, 'cancelRequested']],
    ['its expiry', [...authorized, 'expiryRequested']],
    ['a refund', refunding],
  ] as const)('is a minute after the saga of %s was asked for', (_name, names) => {
    const payment = after(...names);
    const at = later(last(payment).progress.since, underWayMs);
    expect(dueOf(payment)).toEqual({ kind: 'saga', at });
  });

  it('is the end of every inquiry, while its charge or its reversal is unknown', () => {
    for (const names of [
      ['reserved', 'unknownCharge'],
      ['reserved', 'mismatched', 'unknownReversal'],
    ] as const) {
      const payment = after(...names);
      const at = later(payment.unknown?.since ?? '', inquiryEndsMs);
      expect(dueOf(payment)).toEqual({ kind: 'inquiry', at });
    }
  });

  it.each([
    ['a capture', [...capturing, 'captureUnknown']],
    ['a cancellation', [...canceling, 'cancelUnknown']],
    ['a refund', [...refunding, 'refundUnknown']],
  ] as const)('is the end of every inquiry, while %s is unknown', (_name, names) => {
    const payment = after(...names);
    const at = later(last(payment).unknown?.since ?? '', inquiryEndsMs);
    expect(dueOf(payment)).toEqual({ kind: 'inquiry', at });
  });

  it.each([
    ['once it is captured', ['reserved', 'captured']],
    ['once it has failed', ['failed']],
    ['once it is canceled', [...authorized, 'cancelRequested', 'canceled']],
    ['once it is expired', [...authorized, 'expiryRequested', 'expired']],
    ['once it is refunded', [...refunding, 'refunded']],
    ['while it waits for a person', ['reserved', 'unknownCharge', 'parkedCharge']],
    ['while its capture waits for a person', [...capturing, 'captureUnknown', 'captureParked']],
    ['while its refund waits for one', [...refunding, 'refundParked']],
  ] as const)('is never, %s', (_name, names) => {
    expect(dueOf(after(...names))).toBeNull();
  });

  it('is the earliest of what it is due for', () => {
    const first = after(...capturing, 'captureUnknown');
    expect(dueOf(first)?.kind).toBe('inquiry');
    const other = operationId(first.id, 'expire', 9);
    const both = take(first, {
      ...facts.captureRequested,
      facts: { ...facts.captureRequested.facts, operation_id: other, amount: 1 },
    });
    const since = operationOf(both, other)?.progress.since ?? '';
    expect(dueOf(both)).toEqual({ kind: 'saga', at: later(since, underWayMs) });
  });

  it('is an hour after an expiry that failed, then two, then four', () => {
    let payment = after(...authorized);
    for (const [attempt, hours] of [1, 2, 4].entries()) {
      const of = { operation_id: operationId(payment.id, 'expire', attempt) };
      payment = take(
        payment,
        { ...facts.expiryRequested, facts: { ...facts.expiryRequested.facts, ...of } },
        {
          type: 'payment.operation_failed',
          facts: { ...of, operation: 'cancel', code: 'too_late', message: 'No.' },
        },
      );
      const at = later(last(payment).ended ?? '', hours * hourMs);
      expect(dueOf(payment)).toEqual({ kind: 'expiry', at });
    }
  });
});

describe('what a sweeper does for an authorization', () => {
  it('is to ask for its cancellation once its window is over, and not before', () => {
    const payment = after(...authorized);
    expect(sweep(payment, later(expires, -1))).toBeNull();
    expect(sweep(payment, expires)).toEqual({
      type: 'payment.cancel_requested',
      facts: {
        operation_id: operationId(payment.id, 'expire'),
        amount: 10_000,
        cause: 'expired',
        reason: null,
        request_hash: 'expired',
      },
    });
  });

  it('is nothing beside a capture that is parked: the hold may be the PSP’s', () => {
    const payment = after(...capturing, 'captureUnknown', 'captureParked');
    expect(sweep(payment, later(expires, 1_000 * hourMs))).toBeNull();
  });
});

/** What is under way, by the names of the facts that led to it, and what begins it anew. */
const stuck: readonly [string, readonly FactName[], PaymentFact['type'], 'own' | 'operation'][] = [
  ['a payment that nothing has begun', [], 'payment.resumed', 'own'],
  ['a payment that is held', ['reserved'], 'payment.resumed', 'own'],
  ['a payment that was declined', ['reserved', 'declined'], 'payment.resumed', 'own'],
  ['a payment to be reversed', ['reserved', 'mismatched'], 'payment.resumed', 'own'],
  [
    'a payment whose outcome is known meanwhile',
    ['reserved', 'unknownCharge', 'declined'],
    'payment.resumed',
    'own',
  ],
  [
    'a capture that nothing has begun',
    [...authorized, 'captureRequested'],
    'payment.capture_resumed',
    'operation',
  ],
  ['a capture', capturing, 'payment.capture_resumed', 'operation'],
  ['a cancellation', canceling, 'payment.cancel_resumed', 'operation'],
  ['an expiry', [...authorized, 'expiryRequested'], 'payment.cancel_resumed', 'operation'],
  ['a refund', refunding, 'payment.refund_resumed', 'operation'],
  [
    'a refund that was declined',
    [...refunding, 'refundDeclined'],
    'payment.refund_resumed',
    'operation',
  ],
];

describe.each(stuck)('what a sweeper does for %s', (_name, names, type, whose) => {
  const progressOf = (payment: Payment) =>
    whose === 'own' ? payment.progress : last(payment).progress;
  const parkedOf = (payment: Payment) => (whose === 'own' ? payment : last(payment)).parked;

  it('is to begin its saga anew when that has not ended in its time, and not before', () => {
    const payment = after(...names);
    const { since } = progressOf(payment);
    expect(sweep(payment, later(since, stuckAfterMs - 1))).toBeNull();
    expect(sweep(payment, later(since, stuckAfterMs))).toEqual({
      type,
      facts: {
        ...(whose === 'own' ? {} : { operation_id: last(payment).id }),
        reason: 'the saga did not come to an end in its time',
      },
    });
  });

  it('counts its time from when it was begun anew', () => {
    const payment = after(...names);
    const at = later(progressOf(payment).since, stuckAfterMs);
    const fact = sweep(payment, at) as PaymentFact;
    const { after: resumed } = changePayment(payment, fact, { ...nextStamp(), time: at });
    expect(progressOf(resumed)).toEqual({ since: at, resumes: 1, resumed: true });
    expect(sweep(resumed, later(at, stuckAfterMs - 1))).toBeNull();
    expect(sweep(resumed, later(at, stuckAfterMs))).toMatchObject({ type });
  });

  it(`is to park it after ${maxResumes} times, and then nothing`, () => {
    let payment = after(...names);
    const types: string[] = [];
    let at = later(expires, -24 * hourMs);
    for (let round = 0; round < maxResumes + 2; round++) {
      at = later(at, stuckAfterMs);
      const fact = sweep(payment, at);
      if (fact) {
        types.push(fact.type);
        payment = changePayment(payment, fact, { ...nextStamp(), time: at }).after;
      }
    }
    expect(types).toEqual([...Array(maxResumes).fill(type), 'payment.parked']);
    expect(parkedOf(payment)).toMatchObject({
      reason: `the saga did not come to an end, begun anew ${maxResumes} times`,
      resolution: null,
    });
    expect(dueOf(payment)).toBeNull();
  });
});

describe('what a sweeper does for an outcome that is unknown', () => {
  it.each([
    ['charge', ['reserved', 'unknownCharge']],
    ['reverse', ['reserved', 'mismatched', 'unknownReversal']],
    ['capture', [...capturing, 'captureUnknown']],
    ['cancel', [...canceling, 'cancelUnknown']],
    ['refund', [...refunding, 'refundUnknown']],
  ] as const)(
    'of a %s is to park it once every inquiry has ended; until then nothing, however stuck',
    (operation, names) => {
      const payment = after(...names);
      const isOwn = operation === 'charge' || operation === 'reverse';
      const unknown = isOwn ? payment.unknown : last(payment).unknown;
      const since = unknown?.since ?? '';
      expect(sweep(payment, later(since, inquiryEndsMs - 1))).toBeNull();
      expect(sweep(payment, later(since, inquiryEndsMs))).toEqual({
        type: 'payment.parked',
        facts: {
          operation_id: isOwn ? operationId(payment.id, operation) : last(payment).id,
          operation,
          reason: 'the inquiry ended without a conclusion',
        },
      });
    },
  );
});
