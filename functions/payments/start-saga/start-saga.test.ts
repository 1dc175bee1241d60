import { describe, expect, it } from 'vitest';
import { inquiries } from '../../../shared/domain/saga/inquiry.ts';
import { type MachineName, sagas, startingEvents } from '../../../shared/domain/saga/sagas.ts';
import type { StartSaga } from '../../../shared/ports/messaging.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { spec } from './function.ts';
import { type StartingEvent, startSagas } from './start-saga.ts';

const nextStamp = countingStamps();
const events = Array.from(
  { length: 25 },
  (_, index) => anAcceptedPayment(nextStamp, {}, { key: `key-${index}` }).event,
);
const ids = events.map(({ subject }) => subject);

/** Starts the sagas of 25 payments; those at the indexes given fail. */
async function startAll(...failing: readonly number[]) {
  const started: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const result = await startSagas(async ({ subject }) => {
    started.push(subject);
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    await Promise.resolve();
    open -= 1;
    if (failing.includes(ids.indexOf(subject))) {
      throw new Error(`not ${ids.indexOf(subject)}`);
    }
  })(events);
  return { result, started, mostOpen };
}

/** What is started for one event. */
async function startedBy(event: Partial<StartingEvent>) {
  const inputs: Parameters<StartSaga>[0][] = [];
  const result = await startSagas(async (input) => void inputs.push(input))([
    {
      id: 'event',
      type: 'payment.accepted',
      subject: 'subject',
      tenant: 'acme',
      correlation_id: 'correlation-1',
      data: {},
      ...event,
    },
  ]);
  return { inputs, result };
}

describe('starting sagas', () => {
  it('starts one for each payment, ten at once', async () => {
    const { result, started, mostOpen } = await startAll();
    expect(result).toEqual({ done: 25 });
    expect(started).toEqual(ids);
    expect(mostOpen).toBe(10);
  });

  it("names a payment's own execution by the payment, whatever its event holds", async () => {
    const { inputs } = await startedBy({ data: { operation_id: 'other' } });
    expect(inputs).toEqual([
      {
        machine: 'payment',
        name: 'subject',
        subject: 'subject',
        operationId: null,
        tenant: 'acme',
        correlationId: 'correlation-1',
      },
    ]);
  });

  // Written out by hand: which event starts which machine, under which name, about what.
  const starts: readonly [string, MachineName, name: string, operationId: string | null][] = [
    ['payment.accepted', 'payment', 'subject', null],
    ['payment.resumed', 'payment', 'event', null],
    ['payment.capture_requested', 'capture', 'operation', 'operation'],
    ['payment.capture_resumed', 'capture', 'event', 'operation'],
    ['payment.cancel_requested', 'cancel', 'operation', 'operation'],
    ['payment.cancel_resumed', 'cancel', 'event', 'operation'],
    ['payment.refund_requested', 'refund', 'operation', 'operation'],
    ['payment.refund_resumed', 'refund', 'event', 'operation'],
    ['payment.outcome_unknown', 'resolve', 'event', 'operation'],
    ['payout.requested', 'payout', 'operation', 'operation'],
    ['payout.resumed', 'payout', 'event', 'operation'],
    ['payout.outcome_unknown', 'resolve-payout', 'event', 'operation'],
  ];

  it.each(starts)('%s starts %s under the name of its %s', async (type, machine, name, of) => {
    const { inputs, result } = await startedBy({ type, data: { operation_id: 'operation' } });
    expect(inputs).toEqual([
      {
        machine,
        name,
        subject: 'subject',
        operationId: of,
        tenant: 'acme',
        correlationId: 'correlation-1',
      },
    ]);
    expect(result).toEqual({ done: 1 });
  });

  it('starts nothing by any other event that the stream’s filter lets through', () => {
    expect([...startingEvents].sort()).toEqual(starts.map(([type]) => type).sort());
    const { S: filtered } = spec.trigger.filters[0].dynamodb.NewImage.type;
    expect([...filtered].sort()).toEqual([...startingEvents].sort());
  });

  it('names an execution by its subject when the event has no operation', async () => {
    const { inputs } = await startedBy({ type: sagas.payout.startedBy[0] });
    expect(inputs).toMatchObject([{ machine: 'payout', name: 'subject', operationId: null }]);
  });

  it('names what begins anew, and each inquiry, by its event: it may be asked for again', async () => {
    for (const type of [...sagas.payout.startedBy.slice(1), ...inquiries.resolve.startedBy]) {
      const [first, second] = [await startedBy({ type }), await startedBy({ type, id: 'other' })];
      expect(first.inputs[0]?.name).toBe('event');
      expect(second.inputs[0]?.name).toBe('other');
    }
  });

  it('stops at an event that starts no saga', async () => {
    const { inputs, result } = await startedBy({ type: 'payment.captured' });
    expect(inputs).toEqual([]);
    expect(result).toEqual({ done: 0, error: new Error('nothing starts with payment.captured') });
  });

  it.each([
    [[0], 0, 10],
    [[9], 9, 10],
    [[10], 10, 20],
    [[7, 3], 3, 10],
    [[24], 24, 25],
  ])('with %j failing stops at %i, after the ten around it', async (failing, done, tried) => {
    const { result, started } = await startAll(...failing);
    expect(result).toEqual({ done, error: new Error(`not ${done}`) });
    expect(started).toHaveLength(tried);
  });

  it('has nothing to do for nothing', async () => {
    expect(await startSagas(() => Promise.reject(new Error('called')))([])).toEqual({ done: 0 });
  });
});
