import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, transferId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { PublishEvents } from '../../../shared/ports/messaging.ts';
import { metrics } from '../../../shared/runtime/observability.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { republish } from './republish.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Of the payments' events: the clock of the tests gives each a ms after this. */
const start = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;
const never = () => false;

/** Payments of three events each; none of them has reached the list. */
async function setUp(count = 1, refuses: (event: AnyEvent) => string | Error | null = () => null) {
  const store = memoryPaymentStore();
  const list = memoryPaymentList();
  const nextStamp = countingStamps();
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    let change = anAcceptedPayment(nextStamp, {}, { key: `key-${index}` });
    await store.accept(change);
    const { id } = change.after;
    for (const fact of [
      {
        type: 'payment.reserved',
        facts: {
          transfer_id: transferId(id, 'authorized'),
          amount: 10_000,
          execution: 'e1',
          provider: 'psp',
        },
      },
      {
        type: 'payment.provider_busy',
        facts: { operation_id: operationId(id, 'charge'), provider: 'psp', reason: '429' },
      },
    ] as const) {
      change = changePayment(change.after, fact, nextStamp());
      await store.append(change);
    }
    ids.push(id);
  }
  const published: AnyEvent[] = [];
  const publish: PublishEvents = async (events) => {
    const answers = events.map(refuses);
    const died = answers.find((answer) => answer instanceof Error);
    if (died) {
      throw died;
    }
    published.push(...events.filter((_, index) => answers[index] === null));
    return answers as (string | null)[];
  };
  const consume = async (event: PaymentEvent) => {
    await list.project(event, 1);
  };
  const run = (atMs = 11 * minuteMs, isOutOfTime: () => boolean = never) =>
    republish({
      ...store,
      ...list,
      publish,
      now: () => new Date(start + atMs).toISOString(),
    })(isOutOfTime);
  return {
    store,
    list,
    ids,
    consume,
    run,
    /** What was published since the last look, a line each. */
    published: () =>
      published.splice(0).map(({ subject, sequence }) => `${ids.indexOf(subject)} ${sequence}`),
    /** Lets the list take these events of a payment. */
    take: async (index: number, ...sequences: readonly number[]) => {
      for (const event of await store.events(ids[index] ?? '')) {
        if (sequences.includes(event.sequence)) {
          await consume(event);
        }
      }
    },
  };
}

describe('publishing what never came out of the store', () => {
  it('publishes nothing of what the list has', async () => {
    const { run, take, published } = await setUp(2);
    await take(0, 1, 2, 3);
    await take(1, 3, 1, 2);
    expect(await run()).toEqual({ scanned: 2, payments: 0, events: 0, failed: 0 });
    expect(published()).toEqual([]);
  });

  it.each([
    ['nothing', [], [1, 2, 3]],
    ['the first', [1], [2, 3]],
    ['all but the last', [1, 2], [3]],
    ['all but one in the middle', [1, 3], [2]],
    ['the last alone', [3], [1, 2]],
  ] as const)(
    'publishes what is missing, in order, where the list has %s',
    async (_, has, missing) => {
      const { run, take, published } = await setUp();
      await take(0, ...has);
      expect(await run()).toMatchObject({ payments: 1, events: missing.length });
      expect(published()).toEqual(missing.map((sequence) => `0 ${sequence}`));
    },
  );

  it('publishes each event as it is in the store', async () => {
    const { store } = await setUp();
    const calls: (readonly AnyEvent[])[] = [];
    await republish({
      ...store,
      taken: async () => new Map(),
      publish: async (events) => {
        calls.push(events);
        return events.map(() => null);
      },
      now: () => new Date(start + 11 * minuteMs).toISOString(),
    })(never);
    expect(calls).toEqual(store.allEvents.map((event) => [event]));
  });

  it('leaves to the relay a payment whose last event is younger than ten minutes', async () => {
    const { run, published, store } = await setUp();
    const lastMs = Date.parse(store.allEvents.at(-1)?.time ?? '') - start;
    await run(lastMs + 10 * minuteMs - 1);
    expect(published()).toEqual([]);
    await run(lastMs + 10 * minuteMs);
    expect(published()).toEqual(['0 1', '0 2', '0 3']);
  });

  it('goes through all payments, whatever a part of the scan has', async () => {
    const { run, published, take } = await setUp(250);
    await take(17, 1, 2, 3);
    expect(await run()).toEqual({ scanned: 250, payments: 249, events: 747, failed: 0 });
    expect(new Set(published()).size).toBe(747);
  });

  it('is done when the list has taken what was published', async () => {
    const { run, published, store, consume } = await setUp(3);
    await run();
    for (const event of store.allEvents) {
      await consume(event);
    }
    published();
    expect(await run()).toMatchObject({ payments: 0, events: 0 });
    expect(published()).toEqual([]);
  });

  it('publishes the same again, with its metric, while the list does not take it', async () => {
    const add = vi.spyOn(metrics, 'addMetric');
    const { run, published } = await setUp();
    for (let hour = 1; hour <= 3; hour++) {
      await run(hour * 60 * minuteMs);
      expect(published()).toHaveLength(3);
    }
    expect(add.mock.calls).toEqual(Array(3).fill(['EventsRepublished', 'Count', 3]));
  });

  it('counts nothing when there was nothing to publish', async () => {
    const add = vi.spyOn(metrics, 'addMetric');
    const { run, take } = await setUp();
    await take(0, 1, 2, 3);
    await run();
    expect(add).not.toHaveBeenCalled();
  });

  it.each(['Throttled: slow down', new Error('no bus')])(
    'ends with a payment whose event the bus does not take, goes on with others, and fails: %s',
    async (answer) => {
      const add = vi.spyOn(metrics, 'addMetric');
      const { run, published, ids } = await setUp(3, ({ subject, sequence }) =>
        subject === ids[1] && sequence === 2 ? answer : null,
      );
      await expect(run()).rejects.toThrow('events of 1 payments could not be published');
      expect(published().sort()).toEqual(['0 1', '0 2', '0 3', '1 1', '2 1', '2 2', '2 3']);
      expect(add.mock.calls).toEqual([['EventsRepublished', 'Count', 7]]);
    },
  );

  it('fails when it has no time for all, and has counted what it did', async () => {
    const add = vi.spyOn(metrics, 'addMetric');
    const { run, published } = await setUp(4);
    let looks = 0;
    await expect(run(11 * minuteMs, () => ++looks > 1)).rejects.toThrow(
      'out of time after 3 payments',
    );
    expect(published()).toHaveLength(9);
    expect(add.mock.calls).toEqual([['EventsRepublished', 'Count', 9]]);
  });

  describe('in its log', () => {
    const logs = recordLogs();

    it('says which events of which payment', async () => {
      const { run, take, ids } = await setUp();
      await take(0, 1, 3);
      await run();
      expect(logs.lines()[0]).toMatchObject({
        message: 'events of a payment published again',
        tenant: 'acme',
        payment_id: ids[0],
        sequences: [2],
        last_event: expect.stringMatching(/^2026-01-01T/),
      });
    });
  });
});
