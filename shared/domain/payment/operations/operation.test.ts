import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../../test/support/payments/payments.ts';
import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import { changePayment } from '../change.ts';
import { IllegalTransition } from '../fold.ts';
import { dueOf } from '../recovery/sweep.ts';
import type { Payment } from '../state.ts';
import { allowedMoves, isFull, isUndone, mostOperations, type Operation } from './operation.ts';

const nextStamp = countingStamps();
const expires = facts.authorized.facts.expires;
const authorized = ['reserved', 'authorized'] as const;

function take(payment: Payment, ...taken: readonly PaymentFact[]): Payment {
  return taken.reduce((before, fact) => changePayment(before, fact, nextStamp()).after, payment);
}

function after(...names: readonly FactName[]): Payment {
  return take(anAcceptedPayment(nextStamp).after, ...names.map((name) => facts[name]));
}

function last({ operations }: Payment): Operation {
  return operations.at(-1) as Operation;
}

/** Captures of one cent each. */
function captures(count: number): PaymentFact[] {
  return Array.from(
    { length: count },
    (_, index): PaymentFact => ({
      type: 'payment.capture_requested',
      facts: {
        ...facts.captureRequested.facts,
        operation_id: `00000000-0000-8000-8000-${String(index).padStart(12, '0')}`,
        amount: 1,
      },
    }),
  );
}

/** An authorized payment of which as many captures were asked for as it takes. */
function aFullPayment(): Payment {
  return take(after(...authorized), ...captures(mostOperations.capture));
}

function failed(payment: Payment): PaymentFact[] {
  return payment.operations.map(({ id }) => ({
    type: 'payment.operation_failed',
    facts: { ...facts.captureFailed.facts, operation_id: id },
  }));
}

describe('a payment of which as much was asked as it takes', () => {
  it('is full for captures at the last, and takes none more', () => {
    const full = aFullPayment();
    expect(isFull(take(after(...authorized), facts.captureRequested), 'capture')).toBe(false);
    expect(isFull(full, 'capture')).toBe(true);
    expect(allowedMoves(full)).toEqual([]);
    expect(() => take(full, facts.captureRequested)).toThrow(IllegalTransition);
  });

  it('has room to give back what captures cannot take any more, and that has an end too', () => {
    const full = take(aFullPayment(), ...failed(aFullPayment()));
    expect(allowedMoves(full)).toEqual(['cancel']);
    expect(take(full, facts.cancelRequested).operations).toHaveLength(mostOperations.capture + 1);
    const operation = last(full);
    const more = Array.from({ length: mostOperations.cancel - mostOperations.capture }, () => ({
      ...operation,
    }));
    const fuller = { ...full, operations: [...full.operations, ...more] };
    expect(allowedMoves(fuller)).toEqual([]);
    expect(isFull(fuller, 'refund')).toBe(true);
    expect(() => take(fuller, facts.cancelRequested)).toThrow(IllegalTransition);
  });

  it('is not made full by its expiries', () => {
    const [, ...asked] = aFullPayment().operations;
    const [expiry] = take(after(...authorized), facts.expiryRequested).operations;
    const payment = { ...after(...authorized), operations: [expiry as Operation, ...asked] };
    expect(payment.operations).toHaveLength(mostOperations.capture);
    expect(isFull(payment, 'capture')).toBe(false);
  });

  it('still expires: a hold can always be given back', () => {
    const full = take(aFullPayment(), ...failed(aFullPayment()));
    expect(isFull(full, 'capture')).toBe(true);
    expect(dueOf(full)).toEqual({ kind: 'expiry', at: expires });
    expect(take(full, facts.expiryRequested, facts.expired).status).toBe('expired');
  });
});

describe('an operation that is under way', () => {
  it.each([
    ['not begun', [...authorized, 'captureRequested']],
    ['declined', [...authorized, 'captureRequested', 'captureStarted', 'captureDeclined']],
    ['a refund that is not held', ['reserved', 'captured', 'refundRequested']],
    [
      'a refund that was declined',
      ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refundDeclined'],
    ],
    [
      'a refund that went back',
      ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refundReturned'],
    ],
  ] as const)('is known to have had no effect when it is %s', (_name, names) => {
    expect(isUndone(last(after(...names)))).toBe(true);
  });

  it.each([
    ['begun', [...authorized, 'captureRequested', 'captureStarted']],
    ['begun, to a busy PSP', [...authorized, 'captureRequested', 'captureStarted', 'captureBusy']],
    ['unknown', [...authorized, 'captureRequested', 'captureStarted', 'captureUnknown']],
    ['a refund in transit', ['reserved', 'captured', 'refundRequested', 'refundHeld']],
  ] as const)('may have had one when it is %s', (_name, names) => {
    expect(isUndone(last(after(...names)))).toBe(false);
  });
});
