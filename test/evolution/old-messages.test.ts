import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { relay } from '../../functions/payments/relay/relay.ts';
import { contentOf } from '../../shared/adapters/aws/dead-letters/content.ts';
import { itemOf } from '../../shared/adapters/aws/dead-letters/record.ts';
import { eventStreamHandler } from '../../shared/adapters/dynamo/payments/event-stream.ts';
import { AnyEventSchema } from '../../shared/contracts/events/any-event.ts';
import type { AnyEvent } from '../../shared/contracts/events/events.ts';
import { paymentEventVersion, payoutEventVersion } from '../../shared/domain/event-versions.ts';
import type { Delivery } from '../../shared/domain/webhook/delivery.ts';
import { eventConsumer } from '../../shared/runtime/consumers/event-consumer.ts';
import { fanOut } from '../../shared/runtime/webhooks/fan-out.ts';
import { lambdaContext } from '../support/api/api-event.ts';
import { timeAt } from '../support/ledger/transfers.ts';
import { aWebhookEndpoint, webhookTerms } from '../support/webhooks.ts';
import { aLife, asPublished, readPayments, readPayouts } from './fixtures.ts';

const lives = [...readPayments, ...readPayouts];
const present = { payment: paymentEventVersion, payout: payoutEventVersion };

/** What lies in a consumer's queue of an event that was published when it was written. */
const bodyOf = (detail: unknown) => JSON.stringify({ version: '0', 'detail-type': 'x', detail });

const queued = (detail: unknown) => ({
  Records: [
    {
      messageId: 'm1',
      body: bodyOf(detail),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
});

function consumer(consume: (event: AnyEvent) => Promise<void> = async () => {}) {
  const consumed: AnyEvent[] = [];
  const reasons: string[] = [];
  const handler = eventConsumer({
    trigger: { outside: false },
    schema: AnyEventSchema,
    maxReceives: 3,
    deadLetter: async ({ reason }) => void reasons.push(reason),
    consume: async (event) => {
      consumed.push(event);
      await consume(event);
    },
  });
  const receive = (detail: unknown) => handler(queued(detail) as SQSEvent, lambdaContext);
  return { consumed, reasons, receive };
}

/** The stream's records of items. */
const streamed = (items: readonly object[]) => ({
  Records: items.map((NewImage, index) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: String(index), NewImage },
  })),
});

describe.each(lives)('the events of $name', ({ kind, events, read }) => {
  it('are consumed from a queue in which they lay over the upgrade', async () => {
    const { receive, consumed, reasons } = consumer();
    for (const item of events) {
      await receive(asPublished(item));
    }
    expect(consumed).toEqual(read);
    expect(reasons).toEqual([]);
  });

  it('come out of the stream as they would be written now, and are published so', async () => {
    const published: AnyEvent[] = [];
    const publish = relay(async (some) => {
      published.push(...some);
      return some.map(() => null);
    });
    const answer = await eventStreamHandler(publish)(
      streamed(events) as unknown as DynamoDBStreamEvent,
      lambdaContext,
    );
    expect(answer?.batchItemFailures).toEqual([]);
    expect(published).toEqual(read);
    expect(published.map(({ version }) => version)).toEqual(read.map(() => present[kind]));
  });

  it('go to merchants as they would be written now', async () => {
    const put: Delivery[] = [];
    const tell = fanOut({
      endpoints: { list: async (tenant) => [aWebhookEndpoint('all', { tenant })] },
      deliveries: {
        put: async (delivery) => {
          put.push(delivery);
          return 'written';
        },
      },
      send: async () => {},
      terms: webhookTerms,
      now: () => timeAt(0),
    });
    const { receive } = consumer(tell);
    for (const item of events) {
      await receive(asPublished(item));
    }
    expect(put.map(({ body }) => JSON.parse(body))).toEqual(read);
  });

  it('are read among the dead letters, of a queue and of a stream', () => {
    for (const [index, item] of events.entries()) {
      const event = read[index];
      expect(contentOf({ kind: 'consumer' }, bodyOf(asPublished(item)))).toEqual({
        kind: 'event',
        event,
      });
      const record = streamed([item]).Records[0];
      expect(itemOf(record as never)).toEqual({ kind: 'event', event });
    }
  });
});

describe('an event of a later version than is known', () => {
  const item = aLife(paymentEventVersion).events[0] ?? {};
  const later = { ...asPublished(item), type: 'payment.accepted', version: 99 };
  const reason = /^a payment event of version 99, and this code reads none later than \d+$/;

  it('goes to the dead letters of a consumer, which say why', async () => {
    const { receive, consumed, reasons } = consumer();
    expect(await receive(later)).toEqual({ batchItemFailures: [] });
    expect(consumed).toEqual([]);
    expect(reasons).toEqual([expect.stringMatching(reason)]);
  });

  it('is not readable among them, and says why', () => {
    expect(contentOf({ kind: 'consumer' }, bodyOf(later))).toMatchObject({
      kind: 'unreadable',
      says: expect.stringMatching(reason),
      type: later.type,
    });
  });

  it('stops a stream where it lies, after its neighbours have passed', async () => {
    const seen: AnyEvent[] = [];
    const handler = eventStreamHandler(async (some) => {
      seen.push(...some);
      return { done: some.length };
    });
    const batch = streamed([item, { ...item, version: { N: '99' } }, item]);
    const answer = await handler(batch as unknown as DynamoDBStreamEvent, lambdaContext);
    expect(seen).toHaveLength(1);
    expect(answer?.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
  });
});
