import type { AttributeValue, DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PaymentEvent } from '../../../contracts/events/payment-events.ts';
import type { PaymentChange } from '../../../domain/payment/change.ts';
import { parkedSince } from '../../../domain/payment/recovery/parked.ts';
import { dueOf, type SweepKind } from '../../../domain/payment/recovery/sweep.ts';
import type { Payment } from '../../../domain/payment/state.ts';
import { paymentStateVersion } from '../../../domain/snapshot.ts';
import type { AcceptResult, PaymentStore } from '../../../ports/payments.ts';
import { transact } from '../transact.ts';
import { eventOf, paymentPartition } from './event-item.ts';
import {
  codesOf,
  type EventStoreTables,
  firstItems,
  listEvents,
  loadState,
  nextItems,
  scanStates,
  stateItem,
} from './event-store.ts';
import { dynamoReferences, referenceKey } from './list/references.ts';
import { listDue, listParked, type Watched, watchedItem } from './watched.ts';

/**
 * The event store on DynamoDB. One payment is one partition:
 *
 *     PAYMENT#<id>             STATE             version, status, and the state as JSON
 *     PAYMENT#<id>             EVENT#00000001    the first event, and so on
 *     PAYMENT#<id>             SNAPSHOT#00000100 the state as every hundredth event left it
 *     REFERENCE#<tenant>#<ref> REFERENCE         which payment has this merchant reference
 *
 * An event item is what the stream carries, so writing it with the state is the outbox.
 */
export function dynamoPaymentStore(client: DynamoDBClient, tables: EventStoreTables): PaymentStore {
  return {
    accept: (change) => accept(client, tables.payments, change),
    append: (change) => append(client, tables, change),
    load: (id) => loadState<Payment>(client, tables.payments, paymentPartition(id)),
    events: (id) => listEvents<PaymentEvent>(client, tables.payments, paymentPartition(id)),
    due: (kind, at, limit) => listDue(client, tables.payments, watched, { kind, at, limit }),
    parked: (query) => listParked(client, tables.payments, watched, query),
    byReference: dynamoReferences(client, tables.payments),
    scan: async (after, isConsistent) => {
      const { scanned, next } = await scanStates(
        client,
        tables.payments,
        paymentPartition(''),
        after,
        isConsistent,
      );
      return { payments: scanned, next };
    },
  };
}

/**
 * Two requests with one key race to make one payment:
 *
 *     A  put STATE, EVENT#1 if not there   ---- written ----> 202
 *     B     put STATE, EVENT#1 if not there   ---- refused, with A's event in the refusal ----> A's answer
 *
 * The loser learns what the winner wrote from the refusal itself, so there is no read after it, and
 * no moment at which a payment is half taken.
 */
async function accept(
  client: DynamoDBClient,
  table: string,
  change: PaymentChange,
): Promise<AcceptResult> {
  const { after, event } = change;
  const reference = after.request.merchant_reference;
  const paymentIsNew = 'attribute_not_exists(pk)';
  const referenceIsFreeOrOurs = `${paymentIsNew} OR payment_id = :payment`;
  const written = await transact(client, [
    ...firstItems(table, { state: itemOf(after), event }),
    ...(reference === null
      ? []
      : [
          {
            Put: {
              TableName: table,
              Item: {
                ...referenceKey(after.tenant, reference),
                payment_id: { S: after.id },
              },
              ConditionExpression: referenceIsFreeOrOurs,
              ExpressionAttributeValues: { ':payment': { S: after.id } },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          } satisfies TransactWriteItem,
        ]),
  ]);
  if (written.kind === 'written') {
    return { kind: 'accepted' };
  }
  const [, firstEvent, takenReference] = written.reasons;
  if (firstEvent?.Item) {
    return { kind: 'exists', first: eventOf(firstEvent.Item) };
  }
  const holder = takenReference?.Item?.payment_id?.S;
  if (takenReference?.Code === 'ConditionalCheckFailed' && holder) {
    return { kind: 'reference_taken', paymentId: holder };
  }
  throw new Error(
    `payment ${after.id} was refused, but not for its key or reference: ${codesOf(written.reasons)}`,
  );
}

/**
 * Two executions race to change one payment from version n:
 *
 *     A  put STATE n+1 if version = n, EVENT n+1   ---- written
 *     B     put STATE n+1 if version = n, EVENT n+1   ---- refused: conflict, B reads again and decides anew
 */
async function append(
  client: DynamoDBClient,
  tables: EventStoreTables,
  { after, event, transfers }: PaymentChange,
): Promise<'written' | 'conflict'> {
  const written = await transact(
    client,
    nextItems(tables, {
      state: itemOf(after),
      version: after.version,
      stateVersion: paymentStateVersion,
      event,
      transfers,
    }),
  );
  if (written.kind === 'written') {
    return 'written';
  }
  const [state] = written.reasons;
  if (state?.Code === 'ConditionalCheckFailed') {
    return 'conflict';
  }
  throw new Error(`the ledger refused the transfers of ${event.type}: ${codesOf(written.reasons)}`);
}

const watched: Watched<SweepKind> = {
  prefix: paymentPartition(''),
  dueKey: (kind) => kind,
  parkedKey: 'PARKED',
};

function itemOf(payment: Payment): Record<string, AttributeValue> {
  return {
    ...stateItem(paymentPartition(payment.id), payment),
    ...watchedItem(watched, payment.id, {
      due: dueOf(payment),
      parkedSince: parkedSince(payment),
    }),
  };
}
