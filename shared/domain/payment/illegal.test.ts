import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../test/support/payments/facts.ts';
import {
  after,
  authorized,
  changesOf,
  nextStamp,
} from '../../../test/support/payments/histories.ts';
import type { PaymentFact } from '../../contracts/events/payment-events.ts';
import { changePayment, type PaymentChange } from './change.ts';
import { applyEvent, factOf, IllegalTransition } from './fold.ts';

describe('what cannot follow', () => {
  const illegal: [string, readonly FactName[], FactName][] = [
    ['a second hold', ['reserved'], 'reserved'],
    ['a hold after the release', ['reserved', 'released'], 'reserved'],
    ['a capture without a hold', [], 'captured'],
    ['an authorization without a hold', [], 'authorized'],
    ['a capture of a hold that was released', ['reserved', 'released'], 'captured'],
    ['a second authorization', ['reserved', 'authorized'], 'authorized'],
    ['an authorization of what was approved otherwise', ['reserved', 'mismatched'], 'authorized'],
    ['a capture of what was approved otherwise', ['reserved', 'mismatched'], 'captured'],
    ['a second decline', ['reserved', 'declined'], 'declined'],
    ['a decline of what is authorized', ['reserved', 'authorized'], 'declined'],
    ['an authorization of what was declined', ['reserved', 'declined'], 'authorized'],
    ['a capture of what was declined', ['reserved', 'declined'], 'captured'],
    ['a mismatch of what is authorized', ['reserved', 'authorized'], 'mismatched'],
    ['a release without a hold', [], 'released'],
    ['a second release', ['reserved', 'released'], 'released'],
    ['a release while the charge stands', ['reserved', 'mismatched'], 'released'],
    ['a release while an authorization stands', ['reserved', 'authorized'], 'released'],
    ['a release while the outcome is unknown', ['reserved', 'unknownCharge'], 'released'],
    ['a reversal of nothing', ['reserved'], 'reversed'],
    ['a second reversal', ['reserved', 'mismatched', 'reversed'], 'reversed'],
    ['a failure that leaves the hold', ['reserved'], 'failed'],
    ['a failure while the outcome is unknown', ['unknownCharge'], 'failed'],
    [
      'a failure while the reversal is unknown',
      ['reserved', 'mismatched', 'unknownReversal'],
      'failed',
    ],
    ['a failure of what is authorized', ['reserved', 'authorized'], 'failed'],
    ['a capture that nobody asked for', authorized, 'captured'],
    ['a capture before the authorization', ['reserved'], 'captureRequested'],
    ['a second request by one id', [...authorized, 'captureRequested'], 'captureRequested'],
    ['a final capture beside another', [...authorized, 'captureRequested'], 'restRequested'],
    ['a capture beside a final one', [...authorized, 'restRequested'], 'captureRequested'],
    ['a capture beside a cancellation', [...authorized, 'cancelRequested'], 'captureRequested'],
    ['a cancellation beside a capture', [...authorized, 'captureRequested'], 'cancelRequested'],
    ['an expiry beside a cancellation', [...authorized, 'cancelRequested'], 'expiryRequested'],
    ['a cancellation of another amount', authorized, 'cancelRestRequested'],
    ['a cancellation of what is captured', ['reserved', 'captured'], 'cancelRequested'],
    ['an expiry that was a cancellation', [...authorized, 'expiryRequested'], 'canceled'],
    ['a second start', [...authorized, 'captureRequested', 'captureStarted'], 'captureStarted'],
    [
      'a capture of what was declined',
      [...authorized, 'captureRequested', 'captureDeclined'],
      'capturedPart',
    ],
    [
      'a second capture by one operation',
      [...authorized, 'captureRequested', 'capturedPart'],
      'capturedPart',
    ],
    [
      'a failed capture whose outcome is unknown',
      [...authorized, 'captureRequested', 'captureUnknown'],
      'captureFailed',
    ],
    ['a refund of what is not captured', authorized, 'refundRequested'],
    ['a refund that is not in transit', ['reserved', 'captured', 'refundRequested'], 'refunded'],
    [
      'a refund that was declined',
      ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refundDeclined'],
      'refunded',
    ],
    [
      'a failed refund that is in transit',
      ['reserved', 'captured', 'refundRequested', 'refundHeld'],
      'refundFailed',
    ],
    [
      'a refund that is in transit twice',
      ['reserved', 'captured', 'refundRequested', 'refundHeld'],
      'refundHeld',
    ],
    [
      'a return of what is unknown',
      ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refundUnknown'],
      'refundReturned',
    ],
    ['a refund of what is disputed', ['reserved', 'captured', 'disputeOpened'], 'refundRequested'],
    ['a dispute of what is not captured', authorized, 'disputeOpened'],
    ['a second dispute by one id', ['reserved', 'captured', 'disputeOpened'], 'disputeOpened'],
    [
      'a dispute lost after it was won',
      ['reserved', 'captured', 'disputeOpened', 'disputeWon'],
      'disputeLost',
    ],
    ['the end of a dispute that nobody opened', ['reserved', 'captured'], 'disputeWon'],
    ['a reroute of a charge that may be at the PSP', ['reserved', 'unknownCharge'], 'rerouted'],
    ['a reroute of a charge that was declined', ['reserved', 'declined'], 'rerouted'],
    ['a reroute of a charge that stands', ['reserved', 'mismatched'], 'rerouted'],
    ['a reroute of what is authorized', authorized, 'rerouted'],
    ['a second reroute from one PSP', ['reserved', 'rerouted'], 'rerouted'],
    ['a reroute before there is a route', [], 'rerouted'],
    ['another try of a charge that was declined', ['reserved', 'declined'], 'retried'],
    ['another try of what is authorized', authorized, 'retried'],
    ['a payment begun anew while its charge is unknown', ['reserved', 'unknownCharge'], 'resumed'],
    [
      'a payment begun anew while its reversal is unknown',
      ['reserved', 'mismatched', 'unknownReversal', 'parkedReversal'],
      'resumed',
    ],
    ['a payment begun anew that is authorized', authorized, 'resumed'],
    ['a payment begun anew that has ended', ['failed'], 'resumed'],
    ['a second park', ['reserved', 'unknownCharge', 'parkedCharge'], 'parkedCharge'],
    ['a park of what is authorized', authorized, 'parkedCharge'],
    ['a word on a charge that is known', ['reserved', 'parkedCharge'], 'chargeResolved'],
    ['a word on a charge that waits for nobody', ['reserved', 'unknownCharge'], 'chargeResolved'],
    [
      'a word on a charge while its reversal is unknown',
      ['reserved', 'mismatched', 'unknownReversal', 'parkedReversal'],
      'chargeResolved',
    ],
    [
      'a reversal without effect that is known',
      ['reserved', 'mismatched', 'reversed'],
      'reversalWithoutEffect',
    ],
    [
      'a reversal without effect while the charge is unknown',
      ['reserved', 'unknownCharge'],
      'reversalWithoutEffect',
    ],
    ['an unknown outcome of a capture that nobody asked for', ['reserved'], 'captureUnknown'],
    ['a park of a capture that nobody asked for', ['reserved'], 'captureParked'],
    [
      'a capture begun anew while it is unknown',
      [...authorized, 'captureRequested', 'captureStarted', 'captureUnknown'],
      'captureResumed',
    ],
    [
      'a capture begun anew that has ended',
      [...authorized, 'captureRequested', 'captureStarted', 'capturedPart'],
      'captureResumed',
    ],
    ['a capture begun anew that nobody asked for', authorized, 'captureResumed'],
    [
      'a second park of a capture',
      [...authorized, 'captureRequested', 'captureUnknown', 'captureParked'],
      'captureParked',
    ],
    [
      'a park of a capture that has ended',
      [...authorized, 'captureRequested', 'capturedPart'],
      'captureParked',
    ],
    [
      'a word on a capture that waits for nobody',
      [...authorized, 'captureRequested', 'captureUnknown'],
      'captureResolved',
    ],
    [
      'a word on a capture that is known',
      [...authorized, 'captureRequested', 'captureParked'],
      'captureResolved',
    ],
    [
      'a refund begun anew while it is unknown',
      ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refundUnknown', 'refundParked'],
      'refundResumed',
    ],
  ];
  it.each(illegal)('%s', (_name, before, next) => {
    const payment = after(...before);
    expect(() => changePayment(payment, facts[next], nextStamp())).toThrow(IllegalTransition);
  });

  it('anything but a refund or a dispute, after the end', () => {
    for (const [payment, allowed] of [
      [after('reserved', 'captured'), ['refundRequested', 'disputeOpened']],
      [after(...authorized, 'cancelRequested', 'canceled'), []],
      [after('failed'), []],
    ] as const) {
      const taken = Object.entries(facts).filter(([, fact]) => {
        try {
          return changePayment(payment, fact, nextStamp()) !== null;
        } catch (error) {
          expect(error).toBeInstanceOf(IllegalTransition);
          return false;
        }
      });
      expect(taken.map(([name]) => name)).toEqual(allowed);
    }
  });

  it('a capture of more than was authorized', () => {
    const more = {
      ...facts.captureRequested,
      facts: { ...facts.captureRequested.facts, amount: 10_001 },
    };
    expect(() => changePayment(after(...authorized), more as PaymentFact, nextStamp())).toThrow(
      IllegalTransition,
    );
  });

  it('anything but its acceptance, for a payment that does not exist', () => {
    const context = {
      ...(changesOf([])[0] as PaymentChange).event,
      id: nextStamp().eventId,
      sequence: 1,
    };
    for (const fact of Object.values(facts)) {
      expect(() => applyEvent(null, context, fact)).toThrow(IllegalTransition);
    }
  });

  it('a second acceptance', () => {
    const { event, after: payment } = changesOf([])[0] as PaymentChange;
    expect(() => changePayment(payment, factOf(event), nextStamp())).toThrow(IllegalTransition);
  });

  it.each([0, 1, 3, -1, Number.NaN, 1.5])('event %d of a payment at version 1', (sequence) => {
    const { event, after: payment } = changesOf([])[0] as PaymentChange;
    expect(() => applyEvent(payment, { ...event, sequence }, facts.reserved)).toThrow(
      IllegalTransition,
    );
    if (sequence !== 1) {
      expect(() => applyEvent(null, { ...event, sequence }, factOf(event))).toThrow(
        IllegalTransition,
      );
    }
  });
});
