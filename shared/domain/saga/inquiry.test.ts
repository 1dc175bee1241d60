import { describe, expect, it } from 'vitest';
import { paymentEventTypes } from '../../contracts/events/payment-events.ts';
import { inquiries, isLast, waitBefore } from './inquiry.ts';
import {
  type MachineName,
  machineNames,
  sagaNames,
  sagas,
  startedBy,
  startingEvents,
  subjectOf,
} from './sagas.ts';

const schedule = { waitsMs: [2, 10, 60], settleWindowMs: 60 };

describe('the schedule of an inquiry', () => {
  it('waits as it says before each time, and past its end as before the last', () => {
    expect([0, 1, 2, 3, 99].map((asked) => waitBefore(schedule, asked))).toEqual([
      2, 10, 60, 60, 60,
    ]);
  });

  it('is at its end when it was asked as often as it says', () => {
    expect([0, 1, 2, 3, 4].map((asked) => isLast(schedule, asked))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('what an event starts', () => {
  // Written out by hand, so that a change of the tables has to be meant.
  const starts: readonly [string, MachineName, anew: boolean][] = [
    ['payment.accepted', 'payment', false],
    ['payment.resumed', 'payment', true],
    ['payment.capture_requested', 'capture', false],
    ['payment.capture_resumed', 'capture', true],
    ['payment.cancel_requested', 'cancel', false],
    ['payment.cancel_resumed', 'cancel', true],
    ['payment.refund_requested', 'refund', false],
    ['payment.refund_resumed', 'refund', true],
    ['payout.requested', 'payout', false],
    ['payout.resumed', 'payout', true],
    ['payment.outcome_unknown', 'resolve', true],
    ['payout.outcome_unknown', 'resolve-payout', true],
  ];

  it.each(starts)('%s starts %s, anew: %s', (type, machine, anew) => {
    expect(startedBy(type)).toEqual({ machine, anew });
  });

  it('is nothing, by any other', () => {
    expect([...startingEvents].sort()).toEqual(starts.map(([type]) => type).sort());
    const others = paymentEventTypes.filter((type) => !startingEvents.includes(type));
    expect(others.map(startedBy)).toEqual(others.map(() => null));
    expect(startedBy('toString')).toBeNull();
  });

  it('is one machine each: no event starts two', () => {
    expect(new Set(startingEvents).size).toBe(startingEvents.length);
  });

  it('is about a payment, or a payout', () => {
    expect(machineNames).toEqual([...sagaNames, ...Object.keys(inquiries)]);
    for (const machine of machineNames) {
      expect(subjectOf(machine)).toBe(machine.endsWith('payout') ? 'payout' : 'payment');
    }
  });

  it('has a saga begin anew by one event of its own', () => {
    for (const name of sagaNames) {
      expect(sagas[name].startedBy).toHaveLength(2);
    }
  });
});
