import { describe, expect, it } from 'vitest';
import { facts } from '../../../../test/support/payments/facts.ts';
import {
  after,
  authorized,
  changesOf,
  nextStamp,
} from '../../../../test/support/payments/histories.ts';
import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import { changePayment } from '../change.ts';
import { IllegalTransition } from '../fold.ts';
import type { Operation } from '../operations/operation.ts';
import type { Payment } from '../state.ts';

const capturing = [...authorized, 'captureRequested', 'captureStarted'] as const;
const refunding = ['reserved', 'captured', 'refundRequested', 'refundHeld'] as const;

function last({ operations }: Payment): Operation {
  return operations.at(-1) as Operation;
}

/** When the last of these facts was written. */
function timeOf(...names: Parameters<typeof changesOf>[0]): { payment: Payment; time: string } {
  const change = changesOf(names).at(-1);
  if (!change) {
    throw new Error('no facts');
  }
  return { payment: change.after, time: change.event.time };
}

describe('the PSP of a payment', () => {
  it('is none before the reservation, then the one that it is routed to, then the next', () => {
    expect(after().provider).toBeNull();
    expect(after('reserved').provider).toBe('psp');
    expect(after('reserved', 'rerouted')).toMatchObject({ provider: 'psp-b', busyTries: 0 });
  });

  it('was busy the last time, until another one is asked', () => {
    expect(after('reserved').busyProvider).toBeNull();
    expect(after('reserved', 'busy').busyProvider).toBe('psp');
    expect(after('reserved', 'busy', 'rerouted').busyProvider).toBeNull();
  });

  it('is asked by a try that goes on record, and never by an earlier one than before', () => {
    expect(after('reserved').lastTry).toBe(0);
    expect(after('reserved', 'rerouted').lastTry).toBe(1);
    const third = { ...facts.retried, facts: { ...facts.retried.facts, retry: 2 } };
    const again = changePayment(after('reserved'), third, nextStamp()).after;
    expect(again.lastTry).toBe(2);
    for (const late of [facts.retried, facts.rerouted]) {
      expect(changePayment(again, late, nextStamp()).after.lastTry).toBe(2);
    }
  });

  it('has nothing of the charge when another one is asked: the hold is as it was', () => {
    expect(after('reserved', 'rerouted').hold).toEqual(after('reserved').hold);
  });
});

describe('the progress of a payment', () => {
  it('begins with its acceptance', () => {
    const payment = after();
    expect(payment.progress).toEqual({ since: payment.created, resumes: 0, resumed: false });
    expect(after('reserved').progress).toMatchObject({ resumes: 0, resumed: false });
  });

  it('begins anew, and waits for an execution to take it, with its owner as it was', () => {
    const { payment, time } = timeOf('reserved', 'resumed');
    expect(payment).toMatchObject({
      execution: 'e1',
      restarted: false,
      progress: { since: time, resumes: 1, resumed: true },
    });
    expect(after('reserved', 'resumed', 'resumed').progress.resumes).toBe(2);
  });

  it('is the execution’s that takes it over, which cannot know what was sent before', () => {
    const { since } = after('reserved', 'resumed').progress;
    const taken = after('reserved', 'resumed', 'restarted');
    expect(taken).toMatchObject({
      execution: 'e2',
      restarted: true,
      progress: { resumes: 1, resumed: false },
    });
    expect(Date.parse(taken.progress.since) - Date.parse(since)).toBeLessThan(100);
    expect(after('resumed', 'reserved')).toMatchObject({
      execution: 'e1',
      restarted: false,
      progress: { resumes: 1, resumed: false },
    });
  });
});

describe('the progress of an operation', () => {
  it('begins when it is asked for, and anew when it is resumed', () => {
    const first = timeOf(...authorized, 'captureRequested');
    expect(last(first.payment).progress).toEqual({
      since: first.time,
      resumes: 0,
      resumed: false,
    });
    const { payment, time } = timeOf(...capturing, 'captureResumed');
    expect(last(payment)).toMatchObject({
      execution: 'e2',
      progress: { since: time, resumes: 1, resumed: true },
    });
    // The payment's own saga is another one.
    expect(payment.progress).toMatchObject({ resumes: 0, resumed: false });
  });

  it('is the execution’s that takes it over', () => {
    const taken = changePayment(
      after(...capturing, 'captureResumed'),
      {
        type: 'payment.operation_restarted',
        facts: { operation_id: facts.captureRequested.facts.operation_id, execution: 'e3' },
      },
      nextStamp(),
    ).after;
    expect(last(taken)).toMatchObject({
      execution: 'e3',
      restarted: true,
      progress: { resumes: 1, resumed: false },
    });
    const begun = after(...authorized, 'captureRequested', 'captureResumed', 'captureStarted');
    expect(last(begun)).toMatchObject({ execution: 'e2', restarted: false });
    expect(last(begun).progress.resumed).toBe(false);
    const held = after('reserved', 'captured', 'refundRequested', 'refundResumed', 'refundHeld');
    expect(last(held)).toMatchObject({ held: true, progress: { resumed: false } });
  });

  it('is begun anew by the fact of its own kind alone', () => {
    const of = { operation_id: facts.captureRequested.facts.operation_id, reason: 'stuck' };
    for (const type of ['payment.cancel_resumed', 'payment.refund_resumed'] as const) {
      const fact: PaymentFact = { type, facts: of };
      expect(() => changePayment(after(...capturing), fact, nextStamp())).toThrow(
        IllegalTransition,
      );
    }
  });
});

describe('what nobody knows', () => {
  it('says since when', () => {
    const own = timeOf('reserved', 'unknownCharge');
    expect(own.payment.unknown).toEqual({
      operation: 'charge',
      operationId: facts.unknownCharge.facts.operation_id,
      since: own.time,
    });
    const of = timeOf(...capturing, 'captureUnknown');
    expect(last(of.payment).unknown).toEqual({ since: of.time });
  });
});

describe('what waits for a person', () => {
  it('says since when, and why', () => {
    const own = timeOf('reserved', 'unknownCharge', 'parkedCharge');
    expect(own.payment).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
      unknown: { operation: 'charge' },
    });
    expect(own.payment.parked).toEqual({
      operation: 'charge',
      operationId: facts.unknownCharge.facts.operation_id,
      since: own.time,
      reason: 'nobody says',
      resolution: null,
    });
    const of = timeOf(...refunding, 'refundUnknown', 'refundParked');
    expect(last(of.payment)).toMatchObject({ status: 'processing', held: true });
    expect(last(of.payment).parked).toEqual({
      since: of.time,
      reason: 'nobody says',
      resolution: null,
    });
    expect(of.payment.parked).toBeNull();
  });

  it('still waits after a word on it, until that has led to something', () => {
    const own = after('reserved', 'unknownCharge', 'parkedCharge', 'chargeResolved');
    expect(own).toMatchObject({
      unknown: { operation: 'charge' },
      parked: { resolution: { outcome: 'took_effect', providerReference: 'ch_1' } },
    });
    const of = last(after(...refunding, 'refundUnknown', 'refundParked', 'refundResolved'));
    expect(of).toMatchObject({
      unknown: { since: expect.any(String) },
      parked: { resolution: { outcome: 'no_effect', providerReference: 'ch_1' } },
    });
  });

  it.each(['captured', 'declined', 'mismatched'] as const)(
    'waits no more once its charge is known: %s',
    (name) => {
      const known = after('reserved', 'unknownCharge', 'parkedCharge', name);
      expect([known.unknown, known.parked]).toEqual([null, null]);
    },
  );

  it.each(['reversed', 'reversalWithoutEffect'] as const)(
    'waits no more once its reversal is known: %s',
    (name) => {
      const known = after('reserved', 'mismatched', 'unknownReversal', 'parkedReversal', name);
      expect([known.unknown, known.parked]).toEqual([null, null]);
      expect(known.charge?.reversed).toBe(name === 'reversed');
    },
  );

  it('waits no more once a reversal that the PSP refused is said to be of no effect', () => {
    const refused = ['reserved', 'mismatched', 'parkedReversal'] as const;
    expect(after(...refused, 'reversalWithoutEffect').parked).toBeNull();
    expect(after(...refused, 'reversed')).toMatchObject({
      parked: null,
      charge: { reversed: true },
    });
  });

  it('waits no more once its operation is known', () => {
    for (const known of [
      after(...refunding, 'refundUnknown', 'refundParked', 'refunded'),
      after(...refunding, 'refundUnknown', 'refundParked', 'refundDeclined'),
      after(...capturing, 'captureUnknown', 'captureParked', 'capturedPart'),
    ]) {
      expect(last(known)).toMatchObject({ unknown: null, parked: null });
    }
  });

  it('waits no more once it has failed, or is begun anew', () => {
    expect(after('reserved', 'declined', 'released', 'parkedCharge', 'failed').parked).toBeNull();
    expect(after('reserved', 'parkedCharge', 'resumed').parked).toBeNull();
    expect(last(after(...capturing, 'captureParked', 'captureResumed')).parked).toBeNull();
    expect(
      last(after(...capturing, 'captureDeclined', 'captureParked', 'captureFailed')).parked,
    ).toBeNull();
  });
});
