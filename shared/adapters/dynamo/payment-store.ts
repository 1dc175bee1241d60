import {
  type AttributeValue,
  type CancellationReason,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import type { PaymentChange } from '../../domain/payment/change.ts';
import { dueOf } from '../../domain/payment/operation.ts';
import type { Payment } from '../../domain/payment/state.ts';
import type { AcceptResult, PaymentStore } from '../../ports/payments.ts';
import { eventItem, eventOf, paymentPartition } from './event-item.ts';
import { ledgerItems } from './ledger/ledger-items.ts';
import { transact } from './transact.ts';

/**
 * The event store on DynamoDB. One payment is one partition:
 *
 *     PAYMENT#<id>             STATE             version, status, and the state as JSON
 *     PAYMENT#<id>             EVENT#00000001    the first event, and so on
 *     REFERENCE#<tenant>#<ref> REFERENCE         which payment has this merchant reference
 *
 * An event item is what the stream carries, so writing it with the state is the outbox.
 */
export function dynamoPaymentStore(
  client: DynamoDBClient,
  tables: { readonly payments: string; readonly ledger?: string },
): PaymentStore {
  return {
    accept: (change) => accept(client, tables.payments, change),
    append: (change) => append(client, tables, change),
    load: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tables.payments,
          Key: { pk: { S: paymentPartition(id) }, sk: { S: 'STATE' } },
          ConsistentRead: true,
        }),
      );
      return Item ? (JSON.parse(Item.data?.S as string) as Payment) : null;
    },
    events: async (id) => {
      const pages = paginateQuery(
        { client },
        {
          TableName: tables.payments,
          KeyConditionExpression: 'pk = :payment AND begins_with(sk, :events)',
          ExpressionAttributeValues: {
            ':payment': { S: paymentPartition(id) },
            ':events': { S: 'EVENT#' },
          },
          ConsistentRead: true,
        },
      );
      const events: PaymentEvent[] = [];
      for await (const page of pages) {
        events.push(...(page.Items ?? []).map((item) => eventOf<PaymentEvent>(item)));
      }
      return events;
    },
    due: async (at, limit) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.payments,
          IndexName: byDueIndex,
          KeyConditionExpression: 'due_key = :authorizations AND due_at <= :at',
          ExpressionAttributeValues: {
            ':authorizations': { S: authorizationsDue },
            ':at': { S: at },
          },
          Limit: limit,
        }),
      );
      return Items.map(({ pk }) => (pk?.S ?? '').slice(paymentPartition('').length));
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
    { Put: { TableName: table, Item: stateItem(after), ConditionExpression: paymentIsNew } },
    {
      Put: {
        TableName: table,
        Item: eventItem(event),
        ConditionExpression: paymentIsNew,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    ...(reference === null
      ? []
      : [
          {
            Put: {
              TableName: table,
              Item: {
                // Encoded, so that no tenant's name can end in the middle of another's reference.
                pk: { S: `REFERENCE#${encodeURIComponent(after.tenant)}#${reference}` },
                sk: { S: 'REFERENCE' },
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
  tables: { readonly payments: string; readonly ledger?: string },
  { after, event, transfers }: PaymentChange,
): Promise<'written' | 'conflict'> {
  const unchangedSinceRead = '#version = :before';
  const eventIsNew = 'attribute_not_exists(pk)';
  const written = await transact(client, [
    {
      Put: {
        TableName: tables.payments,
        Item: stateItem(after),
        ConditionExpression: unchangedSinceRead,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(after.version - 1) } },
      },
    },
    {
      Put: { TableName: tables.payments, Item: eventItem(event), ConditionExpression: eventIsNew },
    },
    ...(transfers.length > 0 ? ledgerItems(transfers, ledgerTable(tables)) : []),
  ]);
  if (written.kind === 'written') {
    return 'written';
  }
  const [state] = written.reasons;
  if (state?.Code === 'ConditionalCheckFailed') {
    return 'conflict';
  }
  throw new Error(`the ledger refused the transfers of ${event.type}: ${codesOf(written.reasons)}`);
}

function codesOf(reasons: readonly CancellationReason[]): string {
  return reasons.map(({ Code }) => Code).join(', ');
}

function ledgerTable(tables: { readonly ledger?: string }): string {
  if (!tables.ledger) {
    throw new Error('a change with transfers needs the ledger table');
  }
  return tables.ledger;
}

/** The index of payments that a sweeper has to look at, by when; those that it has not are not in it. */
const byDueIndex = 'by_due';

/** The one partition of that index. */
const authorizationsDue = 'AUTHORIZATION';

function stateItem(payment: Payment): Record<string, AttributeValue> {
  const due = dueOf(payment);
  return {
    pk: { S: paymentPartition(payment.id) },
    sk: { S: 'STATE' },
    version: { N: String(payment.version) },
    status: { S: payment.status },
    tenant: { S: payment.tenant },
    data: { S: JSON.stringify(payment) },
    ...(due === null ? {} : { due_key: { S: authorizationsDue }, due_at: { S: due } }),
  };
}
