import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { foldBalances } from '../../../functions/ledger/fold-balances/fold-balances.ts';
import { relay } from '../../../functions/payments/relay/relay.ts';
import { startSagas } from '../../../functions/payments/start-saga/start-saga.ts';
import { attributesOf, transferOf } from '../../../shared/adapters/dynamo/ledger/transfer-item.ts';
import { eventItem } from '../../../shared/adapters/dynamo/payments/event-item.ts';
import { eventStreamHandler } from '../../../shared/adapters/dynamo/payments/event-stream.ts';
import { firstGeneration } from '../../../shared/adapters/memory/projections/controls.ts';
import { AnyEventSchema } from '../../../shared/contracts/events/any-event.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import {
  type PaymentEvent,
  PaymentEventSchema,
} from '../../../shared/contracts/events/payment-events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { eventConsumer } from '../../../shared/runtime/consumers/event-consumer.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { projector } from '../../../shared/runtime/projections/projector.ts';
import { fanOut } from '../../../shared/runtime/webhooks/fan-out.ts';
import { aCaptured } from '../../support/payments/operations.ts';
import { aWebhookEndpoint, webhookTerms } from '../../support/webhooks.ts';
import type { Job } from './job.ts';
import { consumerOf, streamOf } from './powertools.ts';

const now = () => '2026-01-01T00:00:01.000Z';

const allTaken = (answer: unknown) => {
  if (JSON.stringify(answer) !== '{"batchItemFailures":[]}') {
    throw new Error(`answered ${JSON.stringify(answer)}`);
  }
};

/** A stream's batch of one record. */
const streamed = (image: Record<string, AttributeValue>, index: number) => ({
  Records: [
    {
      eventID: String(index),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s',
      dynamodb: {
        Keys: { pk: image.pk ?? { S: 'pk' }, sk: image.sk ?? { S: 'sk' } },
        NewImage: image,
        SequenceNumber: String(index).padStart(21, '1'),
        SizeBytes: 1_000,
        StreamViewType: 'NEW_IMAGE',
      },
    },
  ],
});

/** A queue's batch of one event, in the envelope of the bus. */
const queued = (event: AnyEvent) => ({
  Records: [
    {
      messageId: event.id,
      receiptHandle: 'receipt',
      body: JSON.stringify({
        version: '0',
        id: event.id,
        'detail-type': event.type,
        source: 'paysaga',
        account: '000000000000',
        time: event.time,
        region: 'us-east-1',
        resources: [event.subject],
        detail: event,
      }),
      attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: '0',
        SenderId: 'sender',
        SentTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: 'md5',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
      awsRegion: 'us-east-1',
    },
  ],
});

/** An event of the bus that is this one, but for its id. */
const another = (event: PaymentEvent, index: number): PaymentEvent => ({
  ...event,
  id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
});

function consumerJob<Event extends AnyEvent>(
  name: string,
  schema: typeof PaymentEventSchema | typeof AnyEventSchema,
  event: PaymentEvent,
  consume: (event: Event) => Promise<void>,
): Job {
  const never = async () => {
    throw new Error('a letter was given up');
  };
  return {
    name,
    house: eventConsumer({
      trigger: { outside: false },
      schema: schema as never,
      maxReceives: 5,
      deadLetter: never,
      consume: consume as never,
    }),
    powertools: consumerOf(schema, consume),
    event: (index) => queued(another(event, index)),
    check: allTaken,
  };
}

/** As the stream's reader in the house reads an event, for Powertools to parse. */
const storedEvent = z.looseObject({ id: z.string(), type: z.string(), data: z.string() });

const parsed = (stored: readonly z.infer<typeof storedEvent>[]) =>
  stored.map((one) => ({ ...one, data: JSON.parse(one.data) }) as unknown as AnyEvent);

const storedTransfer = z.looseObject({ id: z.string(), amount_minor: z.number() });

/** The jobs of those who hear of a payment. */
export async function eventJobs(): Promise<readonly Job[]> {
  const { id, store } = await aCaptured();
  const events = await store.events(id);
  const [accepted, captured] = [events[0], events.at(-1)];
  const hold = store.transfers[0];
  if (!accepted || !captured || !hold) {
    throw new Error('the payment has no events');
  }
  const starting = startSagas(async () => {});
  const publishing = relay(async (published) => published.map(() => null));
  const folding = foldBalances(async () => 'folded');
  return [
    {
      name: 'payments-start-saga',
      house: eventStreamHandler(starting),
      powertools: streamOf<z.infer<typeof storedEvent>>(storedEvent, (items) =>
        starting(parsed(items)),
      ),
      event: (index) => streamed(eventItem(another(accepted, index)), index),
      check: allTaken,
    },
    {
      name: 'payments-relay',
      house: eventStreamHandler(publishing),
      powertools: streamOf<z.infer<typeof storedEvent>>(storedEvent, (items) =>
        publishing(parsed(items)),
      ),
      event: (index) => streamed(eventItem(another(captured, index)), index),
      check: allTaken,
    },
    foldJob(hold, folding),
    consumerJob<PaymentEvent>(
      'payments-project-list',
      PaymentEventSchema,
      captured,
      projector({
        name: 'payment_list',
        generations: firstGeneration,
        project: async () => true,
        now,
      }),
    ),
    consumerJob<PaymentEvent>(
      'reports-project-totals',
      PaymentEventSchema,
      captured,
      projector({
        name: 'daily_totals',
        generations: firstGeneration,
        project: async () => true,
        now,
      }),
    ),
    consumerJob<AnyEvent>(
      'webhooks-fan-out',
      AnyEventSchema,
      captured,
      fanOut({
        endpoints: { list: async () => [aWebhookEndpoint('one')] },
        deliveries: { put: async () => 'written' },
        send: async () => {},
        terms: webhookTerms,
        now,
      }),
    ),
  ];
}

/** The fold's handler names the shard and goes by a window; the rest is as of any stream. */
function foldJob(hold: Transfer, fold: ReturnType<typeof foldBalances>): Job {
  const shardId = 'shardId-1';
  return {
    name: 'ledger-fold-balances',
    house: observed<ReturnType<typeof streamed>, unknown>(async ({ Records }) => {
      const { failed } = await fold(
        Records.map(({ dynamodb }) => ({
          sequence: dynamodb.SequenceNumber,
          transfer: () => transferOf(dynamodb.NewImage),
        })),
        shardId,
      );
      return { batchItemFailures: failed ? [{ itemIdentifier: String(failed.index) }] : [] };
    }),
    powertools: streamOf<z.infer<typeof storedTransfer>>(storedTransfer, (items) =>
      fold(
        items.map((item) => ({
          sequence: '1',
          transfer: () => ({ ...hold, id: item.id, amountMinor: item.amount_minor }),
        })),
        shardId,
      ),
    ),
    event: (index) =>
      streamed(attributesOf({ ...hold, id: derivedId('bench', String(index)) }), index),
    check: allTaken,
  };
}
