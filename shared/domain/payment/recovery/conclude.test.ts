import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../../test/support/payments/facts.ts';
import { after, authorized, nextStamp } from '../../../../test/support/payments/histories.ts';
import { chargeTerms } from '../../../../test/support/sagas/charge-terms.ts';
import { operationId } from '../../ids.ts';
import { changePayment } from '../change.ts';
import type { Approval, Terms } from '../outcome.ts';
import type { Payment } from '../state.ts';
import { type Conclusion, concludedBy, goesOn, openOf, questionOf } from './conclude.ts';

const capturing = [...authorized, 'captureRequested', 'captureStarted'] as const;
const canceling = [...authorized, 'cancelRequested', 'cancelStarted'] as const;
const refunding = ['reserved', 'captured', 'refundRequested', 'refundHeld'] as const;
const id = (fact: { readonly facts: { readonly operation_id: string } }) => fact.facts.operation_id;

/** What can be unknown, by the facts that lead there, and the operation. */
const unknowns = {
  charge: [['reserved', 'unknownCharge'], id(facts.unknownCharge)],
  reverse: [['reserved', 'mismatched', 'unknownReversal'], id(facts.unknownReversal)],
  capture: [[...capturing, 'captureUnknown'], id(facts.captureUnknown)],
  cancel: [[...canceling, 'cancelUnknown'], id(facts.cancelUnknown)],
  refund: [[...refunding, 'refundUnknown'], id(facts.refundUnknown)],
} as const satisfies Record<string, readonly [readonly FactName[], string]>;
type What = keyof typeof unknowns;

function unknown(what: What) {
  const [names, operation] = unknowns[what];
  const payment = after(...names);
  const open = openOf(payment, operation);
  if (!open) {
    throw new Error(`no ${what} is unknown`);
  }
  return { payment, open };
}

const approval: Approval = {
  providerReference: 'ch_9',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
};
const approved: Conclusion = { kind: 'approved', ...approval };
const done: Conclusion = { kind: 'done' };
const declined: Conclusion = { kind: 'declined', code: 'lost_card', message: 'No.' };
const terms: Terms = {
  plan: chargeTerms.plans.standard,
  authorizationWindowMs: chargeTerms.authorizationWindowMs,
};
const time = '2026-01-02T00:00:00.000Z';
const conclude = (what: What, conclusion: Conclusion, own: Payment = unknown(what).payment) =>
  concludedBy(own, unknown(what).open, conclusion, terms, time);

describe('what is unknown of a payment', () => {
  it.each(Object.keys(unknowns) as What[])('is its %s, and since when', (what) => {
    const [names, operation] = unknowns[what];
    const payment = after(...names);
    const since =
      payment.unknown?.since ??
      payment.operations.find((one) => one.id === operation)?.unknown?.since;
    expect(openOf(payment, operation)).toEqual({ operationId: operation, operation: what, since });
    expect(openOf(payment, 'another')).toBeNull();
    expect(openOf(after(...names.slice(0, -1)), operation)).toBeNull();
  });

  it('is a reversal that was refused for good, once it waits for a person', () => {
    const of = id(facts.parkedReversal);
    expect(openOf(after('reserved', 'mismatched'), of)).toBeNull();
    const payment = after('reserved', 'mismatched', 'parkedReversal');
    expect(openOf(payment, of)?.since).toBe(payment.parked?.since);
  });

  it('stays what it is while it waits for a person', () => {
    const payment = after('reserved', 'unknownCharge', 'parkedCharge', 'chargeResolved');
    expect(openOf(payment, id(facts.unknownCharge))).toMatchObject({ operation: 'charge' });
  });
});

describe('what a PSP is asked about something unknown', () => {
  const question = (what: What, payment = unknown(what).payment) =>
    questionOf(payment, unknown(what).open);
  const of = (what: What) => ({
    operationId: unknowns[what][1],
    reference: after().id,
    // By its own name for the charge, once it is on record.
    providerReference: unknown(what).payment.charge?.reference ?? null,
    currency: 'EUR',
  });

  it.each([
    ['charge', { kind: 'charge', amountMinor: 10_000 }],
    ['capture', { kind: 'capture', amountMinor: 4_000 }],
    ['cancel', { kind: 'void', amountMinor: null }],
    ['refund', { kind: 'refund', amountMinor: 3_000 }],
  ] as const)('is, of a %s, the same that it was asked to do: %o', (what, asked) => {
    expect(question(what)).toEqual({ ...of(what), ...asked });
  });

  it.each([
    [true, 'refund'],
    [false, 'void'],
  ])('is, of the reversal of a charge with captured %s, its %s of all of it', (captured, kind) => {
    const { payment } = unknown('reverse');
    const own = { ...payment, charge: payment.charge && { ...payment.charge, captured } };
    expect(question('reverse', own)).toEqual({ ...of('reverse'), kind, amountMinor: null });
  });
});

describe('a conclusion about a charge', () => {
  const common = { operation_id: id(facts.unknownCharge), provider: 'psp' };

  it('that it was approved as it was asked for is its capture, with the fee', () => {
    expect(conclude('charge', approved)).toEqual({
      type: 'payment.captured',
      facts: { ...common, provider_reference: 'ch_9', amount: 10_000, fee: 290, final: true },
    });
  });

  it.each([
    ['our window', null, '2026-01-09T00:00:00.000Z'],
    ['the PSP’s, when that is earlier', '2026-01-03T00:00:00.000Z', '2026-01-03T00:00:00.000Z'],
    ['our window, when that is earlier', '2026-02-03T00:00:00.000Z', '2026-01-09T00:00:00.000Z'],
  ])('that it was authorized is an authorization until the end of %s', (_name, until, expires) => {
    const { payment } = unknown('charge');
    const manual: Payment = {
      ...payment,
      request: { ...payment.request, capture_method: 'manual' },
    };
    const authorization = { ...approval, captured: false, authorizedUntil: until };
    expect(conclude('charge', { kind: 'approved', ...authorization }, manual)).toEqual({
      type: 'payment.authorized',
      facts: { ...common, provider_reference: 'ch_9', amount: 10_000, expires },
    });
  });

  it.each([
    ['another amount', { amountMinor: 9_999 }],
    ['another currency', { currency: 'USD' }],
    ['no capture', { captured: false }],
  ])('that it was approved with %s is a mismatch', (_name, other) => {
    const { amountMinor, currency, captured } = { ...approval, ...other };
    expect(conclude('charge', { kind: 'approved', ...approval, ...other })).toEqual({
      type: 'payment.charge_mismatched',
      facts: { ...common, provider_reference: 'ch_9', amount: amountMinor, currency, captured },
    });
  });

  it('that it was declined is its decline', () => {
    expect(conclude('charge', declined)).toEqual({
      type: 'payment.charge_declined',
      facts: { ...common, code: 'lost_card', message: 'No.' },
    });
  });

  it('names the PSP that was asked last', () => {
    const payment = after('reserved', 'rerouted', 'unknownCharge');
    expect(conclude('charge', approved, payment).facts).toMatchObject({ provider: 'psp-b' });
  });

  it('cannot be that it is done: nobody says that of a charge', () => {
    expect(() => conclude('charge', done)).toThrow('charge is said to be done');
  });
});

describe('a conclusion about a reversal', () => {
  it.each([
    [true, 'refund'],
    [false, 'void'],
  ])('that it is done, of a charge with captured %s, is its %s', (captured, means) => {
    const { payment } = unknown('reverse');
    const own = { ...payment, charge: payment.charge && { ...payment.charge, captured } };
    expect(conclude('reverse', done, own)).toEqual({
      type: 'payment.charge_reversed',
      facts: {
        operation_id: id(facts.unknownReversal),
        provider: 'psp',
        provider_reference: 'ch_1',
        means,
      },
    });
  });

  it('that it had no effect ends nothing: it is known, and can be sent again', () => {
    const fact = conclude('reverse', declined);
    expect(fact).toEqual({
      type: 'payment.outcome_resolved',
      facts: {
        operation_id: id(facts.unknownReversal),
        operation: 'reverse',
        outcome: 'no_effect',
        provider_reference: null,
        by: 'psp',
        reason: 'lost_card',
      },
    });
    const { after: known } = changePayment(unknown('reverse').payment, fact, nextStamp());
    expect(known).toMatchObject({ unknown: null, decline: null, charge: { reversed: false } });
  });
});

describe('a conclusion about an operation', () => {
  it.each([
    ['capture', 'payment.captured', { amount: 4_000, fee: 116, final: false }],
    ['cancel', 'payment.canceled', { amount: 10_000 }],
    ['refund', 'payment.refunded', { amount: 3_000 }],
  ] as const)('that a %s is done is its end: %s', (what, type, more) => {
    const reference = what === 'capture' ? { provider_reference: 'ch_1' } : {};
    expect(conclude(what, done)).toEqual({
      type,
      facts: { operation_id: unknowns[what][1], provider: 'psp', ...reference, ...more },
    });
  });

  it('that an expiry is done makes the payment expired', () => {
    const payment = after(...authorized, 'expiryRequested');
    const open = {
      operationId: id(facts.expiryRequested),
      operation: 'cancel',
      since: time,
    } as const;
    expect(concludedBy(payment, open, done, terms, time).type).toBe('payment.expired');
  });

  it('takes the fee on all that is captured by then', () => {
    const { payment } = unknown('capture');
    const own = { ...payment, amountCapturedMinor: 5_000, feesMinor: 100 };
    // 2.9 % of 90.00, less what was taken.
    expect(conclude('capture', done, own).facts).toMatchObject({ fee: 161 });
  });

  it.each(['capture', 'cancel', 'refund'] as const)('that a %s was declined is that', (what) => {
    expect(conclude(what, declined)).toEqual({
      type: 'payment.operation_declined',
      facts: {
        operation_id: unknowns[what][1],
        provider: 'psp',
        code: 'lost_card',
        message: 'No.',
      },
    });
  });

  it('cannot be that it was approved like a charge', () => {
    expect(() => conclude('refund', approved)).toThrow('approved like a charge');
  });
});

describe('how it goes on from what is known', () => {
  const charge = operationId(after().id, 'charge');
  const capture = id(facts.captureRequested);

  it.each([
    ['declined', ['reserved', 'unknownCharge', 'declined']],
    ['mismatched', ['reserved', 'unknownCharge', 'mismatched']],
    ['a reversal done', ['reserved', 'mismatched', 'unknownReversal', 'reversed']],
    [
      'a reversal without effect',
      ['reserved', 'mismatched', 'unknownReversal', 'reversalWithoutEffect'],
    ],
  ] as const)('with the saga of the payment, anew: %s', (_name, names) => {
    expect(goesOn(after(...names), charge, 'why')).toEqual({
      type: 'payment.resumed',
      facts: { reason: 'why' },
    });
  });

  it.each([
    ['it is captured', ['reserved', 'unknownCharge', 'captured']],
    ['it is authorized', ['reserved', 'unknownCharge', 'authorized']],
    ['it has failed', ['failed']],
    ['it is unknown', ['reserved', 'unknownCharge']],
    ['it waits for a person', ['reserved', 'declined', 'parkedCharge']],
    ['an execution is on its way', ['reserved', 'declined', 'resumed']],
  ] as const)('not at all, when %s', (_name, names) => {
    expect(goesOn(after(...names), charge, 'why')).toBeNull();
  });

  it.each([
    [[...capturing, 'captureUnknown', 'captureDeclined'], capture, 'payment.capture_resumed'],
    [
      [...refunding, 'refundUnknown', 'refundDeclined'],
      unknowns.refund[1],
      'payment.refund_resumed',
    ],
    [canceling, unknowns.cancel[1], 'payment.cancel_resumed'],
  ] as const)('with the saga of the operation, anew: %j', (names, operation, type) => {
    expect(goesOn(after(...names), operation, 'why')).toEqual({
      type,
      facts: { operation_id: operation, reason: 'why' },
    });
  });

  it.each([
    ['it has succeeded', [...capturing, 'captureUnknown', 'capturedPart']],
    ['it has failed', [...capturing, 'captureDeclined', 'captureFailed']],
    ['it is unknown', [...capturing, 'captureUnknown']],
    ['it waits for a person', [...capturing, 'captureParked']],
    ['an execution is on its way', [...capturing, 'captureResumed']],
  ] as const)('not at all with an operation, when %s', (_name, names) => {
    expect(goesOn(after(...names), capture, 'why')).toBeNull();
  });
});
