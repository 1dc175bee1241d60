import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { startSagas } from '../../../functions/payments/start-saga/start-saga.ts';
import { eventOf } from '../../../shared/adapters/dynamo/payments/event-item.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import { eventSourceOf } from '../../../shared/contracts/events/events.ts';
import { paymentEventTypes } from '../../../shared/contracts/events/payment-events.ts';
import { paymentEventSource } from '../../../shared/contracts/events/sources.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { startingEvents, subjectOf } from '../../../shared/domain/saga/sagas.ts';
import type { StartSaga } from '../../../shared/ports/messaging.ts';
import type { Dice } from '../plan/dice.ts';
import type { ChaosStack, Invoked } from '../stack/chaos-stack.ts';
import { machineArn, queueUrlOf, readNotices } from '../stack/looks.ts';
import { foldedRecords, type StreamRecord, streamReader } from './streams.ts';

/** What was delivered again, of which an invariant has to know. */
export interface Again {
  /** How often each event was put on the bus by the run, by the event's id. */
  readonly publishedByHand: ReadonlyMap<string, number>;
  /** How often each notice was put into the queue by the run, by the notice's id. */
  readonly noticesAgain: ReadonlyMap<string, number>;
}

/** As many records as one batch has again. */
const batchSize = 6;

/** Everything that may come more than once, once more: with the same content, in another order. */
export function duplicatesOf(stack: ChaosStack, die: Dice) {
  const { aws, output, invoke } = stack;
  const readPayments = streamReader(stack, 'PaymentsTableName');
  const readLedger = streamReader(stack, 'LedgerTableName');
  const publishedByHand = new Map<string, number>();
  const noticesAgain = new Map<string, number>();

  const events = async (): Promise<readonly StreamRecord[]> =>
    (await readPayments()).records.filter(
      ({ dynamodb }) => 'sequence' in (dynamodb?.NewImage ?? {}),
    );
  const anEvent = async (
    key: string,
    fits: (event: AnyEvent) => boolean = () => true,
  ): Promise<AnyEvent | null> => {
    const found = (await events()).map(toEvent).filter(fits);
    return found.length === 0 ? null : die.pick(`${key} event`, found);
  };
  const someRecords = async (
    key: string,
    fits: (event: AnyEvent) => boolean = () => true,
  ): Promise<readonly StreamRecord[]> => {
    const found = (await events()).filter((record) => fits(toEvent(record)));
    const first = die.integer(`${key} first`, 0, Math.max(0, found.length - 1));
    return found.slice(first, first + batchSize);
  };
  const starts = ({ type }: AnyEvent) => startingEvents.includes(type);

  const kinds: Record<string, (key: string) => Promise<boolean>> = {
    'event put into the queue of the list again': async (key) => {
      const event = await anEvent(key, ({ type }) => paymentTypes.has(type));
      if (!event) {
        return false;
      }
      await aws.queues.send(
        new SendMessageCommand({
          QueueUrl: await queueUrlOf(stack, 'PaymentsProjectList'),
          MessageBody: JSON.stringify(envelopeOf(event, derivedId('delivery', key))),
        }),
      );
      return true;
    },
    'notice put into its queue again': async (key) => {
      const notices = await readNotices(stack);
      if (notices.length === 0) {
        return false;
      }
      const notice = die.pick(`${key} notice`, notices);
      await aws.queues.send(
        new SendMessageCommand({
          QueueUrl: output('ProviderNoticesQueueUrl'),
          MessageBody: JSON.stringify(notice),
          DelaySeconds: die.integer(`${key} delay`, 0, 5),
        }),
      );
      note(noticesAgain, notice.id);
      return true;
    },
    'event put on the bus twice': async (key) => {
      const event = await anEvent(key);
      if (!event) {
        return false;
      }
      const entry = {
        EventBusName: output('BusName'),
        Source: eventSourceOf(event),
        DetailType: event.type,
        Detail: JSON.stringify(event),
      };
      await aws.bus.send(new PutEventsCommand({ Entries: [entry, entry] }));
      note(publishedByHand, event.id, 2);
      return true;
    },
    'stream records given to the relay again': async (key) => {
      const Records = await someRecords(key);
      if (Records.length === 0 || !isWhole(await invoke('payments-relay', { Records }))) {
        return false;
      }
      for (const record of Records) {
        note(publishedByHand, toEvent(record).id);
      }
      return true;
    },
    'stream records given to start-saga again': async (key) => {
      const Records = await someRecords(key, starts);
      return Records.length > 0 && (await invoke('payments-start-saga', { Records })).succeeded;
    },
    'stream records given to the fold again': async (key) => {
      const batch = await foldedRecords(stack, readLedger, die, { key, size: batchSize });
      return batch !== null && (await invoke('ledger-fold-balances', batch)).succeeded;
    },
    'execution started again under its name': (key) => startAgain(key, (name) => name),
    'execution started again under another name': (key) =>
      startAgain(key, (name) => derivedId('chaos', name, key)),
  };

  /** Starts what an event starts, as the starter would, under a name made from its own. */
  async function startAgain(key: string, rename: (name: string) => string): Promise<boolean> {
    const event = await anEvent(key, starts);
    if (!event) {
      return false;
    }
    const start: StartSaga = async ({
      machine,
      name,
      subject,
      operationId,
      tenant,
      correlationId,
    }) => {
      const input = {
        [`${subjectOf(machine)}_id`]: subject,
        operation_id: operationId,
        tenant,
        correlation_id: correlationId,
      };
      await aws.machines.send(
        new StartExecutionCommand({
          stateMachineArn: machineArn(stack, machine),
          name: rename(name),
          input: JSON.stringify(input),
        }),
      );
    };
    const { error } = await startSagas(start)([event]);
    return error === undefined || (error as Error).name === 'ExecutionAlreadyExists';
  }

  return { kinds, publishedByHand, noticesAgain };
}

const paymentTypes: ReadonlySet<string> = new Set(paymentEventTypes);

function toEvent({ dynamodb }: StreamRecord): AnyEvent {
  return eventOf(dynamodb?.NewImage as Parameters<typeof eventOf>[0]);
}

/** An event as the bus puts it into a queue. */
function envelopeOf(event: AnyEvent, id: string) {
  return {
    version: '0',
    id,
    'detail-type': event.type,
    source: paymentEventSource,
    account: '000000000000',
    time: event.time,
    region: 'us-east-1',
    resources: [event.subject],
    detail: event,
  };
}

/** True when a batch was taken to its last record. */
function isWhole({ succeeded, payload }: Invoked): boolean {
  const { batchItemFailures } = (payload ?? {}) as { batchItemFailures?: readonly unknown[] };
  return succeeded && batchItemFailures?.length === 0;
}

function note(counts: Map<string, number>, id: string, by = 1): void {
  counts.set(id, (counts.get(id) ?? 0) + by);
}
