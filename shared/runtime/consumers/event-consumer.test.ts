import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { type PaymentEvent, PaymentEventSchema } from '../../contracts/events/payment-events.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import { eventConsumer } from './event-consumer.ts';

type Letter = Parameters<DeadLetter>[0];

const nextStamp = countingStamps();
const { event } = anAcceptedPayment(nextStamp, { metadata: { note: 'VALUE' } });

function record(body: unknown, { id = 'm1', receives = 1 } = {}): SQSRecord {
  return {
    messageId: id,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(receives) },
  } as SQSRecord;
}

/** What EventBridge puts on the queue for an event. */
const delivered = (detail: unknown) => ({ version: '0', 'detail-type': 'x', detail });

function consumer(
  consume: (event: PaymentEvent) => Promise<void> = async () => {},
  deadLetter?: DeadLetter,
  { outside = false } = {},
) {
  const letters: Letter[] = [];
  const consumed: PaymentEvent[] = [];
  const handler = eventConsumer({
    trigger: { outside },
    schema: PaymentEventSchema,
    maxReceives: 3,
    deadLetter: deadLetter ?? (async (letter) => void letters.push(letter)),
    consume: async (taken) => {
      consumed.push(taken);
      await consume(taken);
    },
  });
  return {
    letters,
    consumed,
    /** The ids of the messages that are to be received again. */
    receive: async (...Records: SQSRecord[]) => {
      const answer = await handler({ Records } as SQSEvent, lambdaContext);
      return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(event).filter(([member]) => member !== name));

describe('a consumer of events', () => {
  const logs = recordLogs();

  it('consumes an event of the contract', async () => {
    const { receive, consumed, letters } = consumer();
    expect(await receive(record(delivered(event)))).toEqual([]);
    expect(consumed).toEqual([event]);
    expect(letters).toEqual([]);
    expect(logs.lines()).toEqual([]);
  });

  it.each([
    ['no JSON', '{"detail":', /^the message is not JSON$/],
    ['empty', '', /^the message is not JSON$/],
    ['null', 'null', /^not an event of the contract: \/: /],
    ['a number', '5', /^not an event of the contract: \/: /],
    ['without a detail', { 'detail-type': 'x' }, /^not an event of the contract: \/: /],
    ['of no type', delivered(without('type')), /: \/type: /],
    ['of an unknown type', delivered({ ...event, type: 'payment.VALUE' }), /: \/type: /],
    [
      'of a later version',
      delivered({ ...event, version: 99 }),
      /^a payment event of version 99, and this code reads none later than \d$/,
    ],
    [
      'of a version that never was',
      delivered({ ...event, version: 0 }),
      /^a payment event of version 0, which never was/,
    ],
    ['without a tenant', delivered(without('tenant')), /: \/tenant: /],
    ['of no payment', delivered({ ...event, subject: 'VALUE' }), /: \/subject: /],
    ['of sequence 0', delivered({ ...event, sequence: 0 }), /: \/sequence: /],
    [
      'without facts',
      delivered({ ...event, data: { payment: event.data.payment } }),
      /: \/data\/request: /,
    ],
    [
      'with another amount',
      delivered({
        ...event,
        data: { ...event.data, payment: { ...event.data.payment, amount: 'VALUE' } },
      }),
      /: \/data\/payment\/amount: /,
    ],
  ])(
    'puts a message that is %s to the dead letters at once, and says where',
    async (_name, body, reason) => {
      const { receive, consumed, letters } = consumer();
      const poison = record(body);
      expect(await receive(poison)).toEqual([]);
      expect(consumed).toEqual([]);
      expect(letters).toEqual([
        {
          body: poison.body,
          errorName: 'Poison',
          reason: expect.stringMatching(reason),
          receives: 1,
        },
      ]);
      expect(letters[0]?.reason + logs.text()).not.toContain('VALUE');
      expect(logs.lines()).toEqual([
        expect.objectContaining({ level: 'WARN', message_id: 'm1', final: true }),
      ]);
    },
  );

  it('receives a failure again until the last time, then it is a dead letter with its reason', async () => {
    const { receive, letters } = consumer(() => Promise.reject(new RangeError('not today')));
    for (const receives of [1, 2]) {
      expect(await receive(record(delivered(event), { receives }))).toEqual(['m1']);
      expect(letters).toEqual([]);
    }
    expect(await receive(record(delivered(event), { receives: 3 }))).toEqual([]);
    expect(letters).toEqual([
      {
        body: JSON.stringify(delivered(event)),
        errorName: 'RangeError',
        reason: 'not today',
        receives: 3,
      },
    ]);
    expect(logs.lines().map(({ receives, final }) => [receives, final])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it('says of which payment the failure was', async () => {
    await consumer(() => Promise.reject(new Error('no'))).receive(record(delivered(event)));
    expect(logs.lines()[0]).toMatchObject({
      tenant: 'acme',
      payment_id: event.subject,
      correlation_id: 'correlation-1',
    });
  });

  it('takes a failure that is no Error for one', async () => {
    const { receive, letters } = consumer(() => Promise.reject('not today'));
    await receive(record(delivered(event), { receives: 7 }));
    expect(letters).toEqual([
      expect.objectContaining({ errorName: 'Error', reason: 'not today', receives: 7 }),
    ]);
  });

  it('keeps a message that could not become a dead letter', async () => {
    const { receive } = consumer(undefined, () => Promise.reject(new Error('no queue')));
    expect(await receive(record('poison'), record(delivered(event), { id: 'm2' }))).toEqual(['m1']);
    expect(logs.lines().map(({ level, message }) => [level, message])).toEqual([
      ['WARN', 'message not consumed'],
      ['ERROR', 'dead letter not written'],
    ]);
  });

  it('lets the neighbours of a poison and of a failure pass', async () => {
    const others = Array.from(
      { length: 3 },
      (_, index) => anAcceptedPayment(nextStamp, {}, { key: `other-${index}` }).event,
    );
    const { receive, consumed, letters } = consumer(async ({ subject }) => {
      if (subject === event.subject) {
        throw new Error('not today');
      }
    });
    const failures = await receive(
      record(delivered(others[0]), { id: 'a' }),
      record('poison', { id: 'b' }),
      record(delivered(others[1]), { id: 'c' }),
      record(delivered(event), { id: 'd' }),
      record(delivered(others[2]), { id: 'e' }),
    );
    expect(failures).toEqual(['d']);
    expect(letters.map(({ body }) => body)).toEqual(['poison']);
    expect(consumed.map(({ subject }) => subject)).toEqual([
      others[0]?.subject,
      others[1]?.subject,
      event.subject,
      others[2]?.subject,
    ]);
  });

  it('has nothing to say of an empty batch', async () => {
    expect(await consumer().receive()).toEqual([]);
  });
});
