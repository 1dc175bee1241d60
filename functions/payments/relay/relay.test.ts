import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../../test/support/payouts.ts';
import { relay } from './relay.ts';

const nextStamp = countingStamps();

function eventsOf(count: number, metadata: Record<string, string> = {}): AnyEvent[] {
  return Array.from(
    { length: count },
    (_, index) => anAcceptedPayment(nextStamp, { metadata }, { key: `key-${index}` }).event,
  );
}

/** A bus that keeps its calls; `answer` decides by the index of an event among all. */
function bus(answer: (index: number) => string | null | Error = () => null) {
  const calls: (readonly AnyEvent[])[] = [];
  const publish = relay(async (events) => {
    const before = calls.flat().length;
    calls.push(events);
    const answers = events.map((_, index) => answer(before + index));
    const died = answers.find((one) => one instanceof Error);
    if (died) {
      throw died;
    }
    return answers as (string | null)[];
  });
  return { calls, publish };
}

describe('the relay', () => {
  it('publishes nothing of nothing', async () => {
    const { calls, publish } = bus();
    expect(await publish([])).toEqual({ done: 0 });
    expect(calls).toEqual([]);
  });

  it.each([
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [100, Array(10).fill(10)],
  ])('publishes %i events in their order, ten a call', async (count, sizes) => {
    const events = eventsOf(count);
    const { calls, publish } = bus();
    expect(await publish(events)).toEqual({ done: count });
    expect(calls.map(({ length }) => length)).toEqual(sizes);
    expect(calls.flat()).toEqual(events);
  });

  it('calls one after the other', async () => {
    let open = 0;
    const publish = relay(async (events) => {
      open += 1;
      expect(open).toBe(1);
      await Promise.resolve();
      open -= 1;
      return events.map(() => null);
    });
    expect(await publish(eventsOf(35))).toEqual({ done: 35 });
  });

  it.each([0, 3, 9, 10, 14, 24])(
    'stops at the first entry that the bus did not take: %i',
    async (failed) => {
      const { calls, publish } = bus((index) =>
        index >= failed && index % 2 === failed % 2 ? 'Throttled: slow down' : null,
      );
      expect(await publish(eventsOf(25))).toEqual({ done: failed, error: 'Throttled: slow down' });
      expect(calls).toHaveLength(Math.floor(failed / 10) + 1);
    },
  );

  it.each([0, 10, 20])('stops where a call died, with nothing of it done: %i', async (at) => {
    const error = new Error('no bus');
    const { calls, publish } = bus((index) => (index === at + 4 ? error : null));
    expect(await publish(eventsOf(25))).toEqual({ done: at, error });
    expect(calls).toHaveLength(at / 10 + 1);
  });

  it('never puts more into a call than the bus takes', async () => {
    const widest = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`${index}`.padEnd(40, '円'), '円'.repeat(200)]),
    );
    const events = eventsOf(23, widest);
    const { calls, publish } = bus();
    expect(await publish(events)).toEqual({ done: 23 });
    expect(calls.flat()).toEqual(events);
    expect(calls.map(({ length }) => length)).toEqual([8, 8, 7]);
    for (const call of calls) {
      const bytes = call.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);
      // Source: EventBridge, PutEvents: the entries of a call are less than 256 KB together.
      expect(bytes + call.length * 256).toBeLessThan(256_000);
    }
  });

  describe('with several events of one payment', () => {
    /** Events by the payment that each is of: `aab` are two of one and one of another. */
    const eventsOfPayments = (payments: string) =>
      eventsOf(payments.length).map((event, index) => ({
        ...event,
        subject: payments.charAt(index),
        sequence: payments.slice(0, index + 1).split(payments.charAt(index)).length - 1,
      }));
    const subjects = (calls: readonly (readonly AnyEvent[])[]) =>
      calls.map((call) => call.map(({ subject }) => subject).join(''));

    it.each([
      ['aa', ['a', 'a']],
      ['abab', ['ab', 'ab']],
      ['abcbca', ['abc', 'bca']],
      ['abcdefghija', ['abcdefghij', 'a']],
      ['abcdefghijkab', ['abcdefghij', 'kab']],
    ])('puts no two of one payment into a call: %s', async (payments, expected) => {
      const { calls, publish } = bus();
      const events = eventsOfPayments(payments);
      expect(await publish(events)).toEqual({ done: payments.length });
      expect(subjects(calls)).toEqual(expected);
      expect(calls.flat()).toEqual(events);
    });

    it('never shows the bus a later one when it did not take the one before', async () => {
      const { calls, publish } = bus((index) => (index === 1 ? 'Throttled: slow down' : null));
      expect(await publish(eventsOfPayments('abcbc'))).toMatchObject({ done: 1 });
      expect(subjects(calls)).toEqual(['abc']);
    });
  });

  it('publishes the events of payouts among those of payments', async () => {
    const [payment] = eventsOf(1) as [AnyEvent];
    const payout = aRequestedPayout(nextStamp).event;
    const { calls, publish } = bus();
    expect(await publish([payout, payment, { ...payout, sequence: 2 }])).toEqual({ done: 3 });
    expect(calls).toEqual([[payout, payment], [{ ...payout, sequence: 2 }]]);
  });

  it('counts what is done over calls of different sizes', async () => {
    const big = { a: '円'.repeat(200) };
    const events = [...eventsOf(4), ...eventsOf(30, big)];
    const { publish } = bus((index) => (index === 17 ? 'InternalFailure: no' : null));
    expect(await publish(events)).toEqual({ done: 17, error: 'InternalFailure: no' });
  });

  it('publishes an event alone that is too big for any call, and lets the bus say so', async () => {
    const [small, big, after] = [
      ...eventsOf(1),
      ...eventsOf(1, { a: 'x'.repeat(300_000) }),
      ...eventsOf(1),
    ] as [AnyEvent, AnyEvent, AnyEvent];
    const { calls, publish } = bus();
    expect(await publish([small, big, after])).toEqual({ done: 3 });
    expect(calls).toEqual([[small], [big], [after]]);
  });
});
