import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../../test/support/api/api-event.ts';
import { anAcceptedPayment, countingStamps } from '../../../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../../../test/support/payouts.ts';
import type { AnyEvent } from '../../../contracts/events/events.ts';
import { eventItem, eventOf } from './event-item.ts';
import { eventStreamHandler } from './event-stream.ts';

const nextStamp = countingStamps();
const events = Array.from(
  { length: 4 },
  (_, index) => anAcceptedPayment(nextStamp, {}, { key: `key-${index}` }).event,
);

type Image = Record<string, AttributeValue>;

/** The stream's record of an event; an attribute that is null is not there. */
function record(event: AnyEvent | undefined, replaced: Record<string, AttributeValue | null> = {}) {
  const image = Object.entries({ ...eventItem(event as AnyEvent), ...replaced });
  return {
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: `seq-${event?.subject}`,
      NewImage: Object.fromEntries(image.filter(([, value]) => value !== null)) as Image,
    },
  } satisfies DynamoDBRecord;
}

async function run(
  Records: DynamoDBRecord[],
  handle: Parameters<typeof eventStreamHandler>[0] = async (given) => ({ done: given.length }),
) {
  const seen: AnyEvent[] = [];
  const answer = await eventStreamHandler(async (given) => {
    seen.push(...given);
    return handle(given);
  })({ Records } as DynamoDBStreamEvent, lambdaContext);
  return { seen, failures: answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe('the stream of events', () => {
  it('gives each event as it was written', async () => {
    const { seen, failures } = await run(events.map((event) => record(event)));
    expect(seen).toEqual(events);
    expect(JSON.stringify(seen)).toBe(JSON.stringify(events));
    expect(failures).toEqual([]);
  });

  it.each([
    ['has no type', { type: null }],
    ['has no data', { data: null }],
    ['has no sequence', { sequence: null }],
    ['has a sequence that is no number', { sequence: { S: '1' } }],
    ['has no version', { version: null }],
    ['has data that is no JSON', { data: { S: '{' } }],
    ['has data that is no text', { data: { M: {} } }],
  ])('stops before a record that %s, after its neighbours have passed', async (_name, replaced) => {
    const { seen, failures } = await run([
      record(events[0]),
      record(events[1]),
      record(events[2], replaced),
      record(events[3]),
    ]);
    expect(seen).toEqual(events.slice(0, 2));
    expect(failures).toEqual([`seq-${events[2]?.subject}`]);
  });

  it('stops before a record of something that was deleted', async () => {
    const removed: DynamoDBRecord = {
      eventName: 'REMOVE',
      dynamodb: { SequenceNumber: 'removed' },
    };
    expect(await run([record(events[0]), removed, record(events[1])])).toEqual({
      seen: [events[0]],
      failures: ['removed'],
    });
  });

  it('fails when the first record is no event, so that Lambda isolates it', async () => {
    await expect(run([record(events[0], { data: null }), record(events[1])])).rejects.toThrow(
      'an event item has no data',
    );
  });

  it('stops where the handler stopped, when that is before what cannot be read', async () => {
    const { failures } = await run(
      [record(events[0]), record(events[1]), record(events[2], { id: null })],
      async () => ({ done: 1, error: 'not taken' }),
    );
    expect(failures).toEqual([`seq-${events[1]?.subject}`]);
  });
});

describe('the item of an event', () => {
  it('keeps the order of members, which answers depend on', () => {
    const metadata = { b: '1', a: '2', '10': '3' };
    const odd = anAcceptedPayment(nextStamp, { metadata }).event;
    expect(JSON.stringify(eventOf(eventItem(odd) as Image))).toBe(JSON.stringify(odd));
  });

  it('is in the partition of its payment or its payout', () => {
    const [payment] = events as [AnyEvent];
    const payout = aRequestedPayout(nextStamp).event;
    expect(eventItem(payment).pk).toEqual({ S: `PAYMENT#${payment.subject}` });
    expect(eventItem(payout).pk).toEqual({ S: `PAYOUT#${payout.subject}` });
    expect(eventOf(eventItem(payout) as Image)).toEqual(payout);
  });

  it('sorts as the sequence does', () => {
    const [event] = events as [AnyEvent];
    const keys = [1, 2, 9, 10, 11, 99, 100, 12_345].map(
      (sequence) => eventItem({ ...event, sequence }).sk?.S ?? '',
    );
    expect([...keys].sort()).toEqual(keys);
  });
});
