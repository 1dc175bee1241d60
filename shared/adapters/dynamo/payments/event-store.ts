import {
  type AttributeValue,
  type CancellationReason,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  ScanCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { AnyEvent } from '../../../contracts/events/events.ts';
import { upcastState } from '../../../contracts/events/upcast.ts';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import { ledgerItems } from '../ledger/ledger-items.ts';
import { eventItem, eventOf } from './event-item.ts';
import { snapshotItems } from './history/snapshot-item.ts';

/*
 * What the event stores have in common. One subject is one partition:
 *
 *     <partition>    STATE             version, and the state as JSON
 *     <partition>    EVENT#00000001    the first event, and so on
 *     <partition>    SNAPSHOT#00000100 the state as every hundredth event left it
 */

/** The tables of an event store; one that writes no transfers needs no ledger. */
export interface EventStoreTables {
  readonly payments: string;
  readonly ledger?: string;
}

/** A change as the stores write it: the item of the state after it, and its event. */
interface Change {
  readonly state: Record<string, AttributeValue>;
  readonly event: AnyEvent;
}

/** A subject's present state, strongly consistent; null when there is none. */
export async function loadState<State>(
  client: DynamoDBClient,
  table: string,
  partition: string,
): Promise<State | null> {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: table,
      Key: { pk: { S: partition }, sk: { S: 'STATE' } },
      ConsistentRead: true,
    }),
  );
  return Item ? stateOf<State>(Item) : null;
}

/** Reads a state back from its item, whenever it was stored. */
export function stateOf<State>(item: Readonly<Record<string, AttributeValue>>): State {
  return upcastState(JSON.parse(item.data?.S ?? '') as State);
}

/** A subject's events in their order, from the first. */
export async function listEvents<Event extends AnyEvent>(
  client: DynamoDBClient,
  table: string,
  partition: string,
): Promise<Event[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :subject AND begins_with(sk, :events)',
      ExpressionAttributeValues: { ':subject': { S: partition }, ':events': { S: 'EVENT#' } },
      ConsistentRead: true,
    },
  );
  const events: Event[] = [];
  for await (const page of pages) {
    events.push(...(page.Items ?? []).map((item) => eventOf<Event>(item)));
  }
  return events;
}

/** State and event of a subject that is not there yet; the refusal of the second has its first event. */
export function firstItems(table: string, { state, event }: Change): TransactWriteItem[] {
  const subjectIsNew = 'attribute_not_exists(pk)';
  return [
    { Put: { TableName: table, Item: state, ConditionExpression: subjectIsNew } },
    {
      Put: {
        TableName: table,
        Item: eventItem(event),
        ConditionExpression: subjectIsNew,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
  ];
}

/**
 * State and event of a further change, the snapshot of its version if there is one, then its transfers,
 * on the condition that the subject is at the version before it: the refusal of the first says that it
 * is not.
 *
 * @param version of the state after the change
 * @param stateVersion of what the state has in it
 * @throws Error for transfers without a ledger to write them to
 */
export function nextItems(
  tables: EventStoreTables,
  {
    state,
    version,
    stateVersion,
    event,
    transfers,
  }: Change & {
    readonly version: number;
    readonly stateVersion: number;
    readonly transfers: readonly Transfer[];
  },
): TransactWriteItem[] {
  const unchangedSinceRead = '#version = :before';
  const eventIsNew = 'attribute_not_exists(pk)';
  return [
    {
      Put: {
        TableName: tables.payments,
        Item: state,
        ConditionExpression: unchangedSinceRead,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
      },
    },
    {
      Put: { TableName: tables.payments, Item: eventItem(event), ConditionExpression: eventIsNew },
    },
    ...snapshotItems(state, version, stateVersion).map((Item) => ({
      Put: { TableName: tables.payments, Item },
    })),
    ...(transfers.length > 0 ? ledgerItems(transfers, ledgerTable(tables)) : []),
  ];
}

/** The item of a state. */
export function stateItem(
  partition: string,
  state: { readonly version: number; readonly status: string; readonly tenant: string },
): Record<string, AttributeValue> {
  return {
    pk: { S: partition },
    sk: { S: 'STATE' },
    version: { N: String(state.version) },
    status: { S: state.status },
    tenant: { S: state.tenant },
    data: { S: JSON.stringify(state) },
  };
}

/** Why each item of a transaction was refused, for an error's message. */
export function codesOf(reasons: readonly CancellationReason[]): string {
  return reasons.map(({ Code }) => Code).join(', ');
}

function ledgerTable(tables: EventStoreTables): string {
  if (!tables.ledger) {
    throw new Error('a change with transfers needs the ledger table');
  }
  return tables.ledger;
}

/** How far a subject has come. */
interface Scanned {
  readonly id: string;
  readonly tenant: string;
  readonly created: string;
  readonly version: number;
}

/** A part of all subjects whose partitions begin so; reads all that the table has. */
export async function scanStates(
  client: DynamoDBClient,
  table: string,
  prefix: string,
  after: string | null,
  isConsistent = false,
): Promise<{ readonly scanned: readonly Scanned[]; readonly next: string | null }> {
  const { Items = [], LastEvaluatedKey: last } = await client.send(
    new ScanCommand({
      TableName: table,
      ConsistentRead: isConsistent,
      FilterExpression: 'sk = :state AND begins_with(pk, :prefix)',
      ProjectionExpression: '#data',
      ExpressionAttributeNames: { '#data': 'data' },
      ExpressionAttributeValues: { ':state': { S: 'STATE' }, ':prefix': { S: prefix } },
      ...(after === null ? {} : { ExclusiveStartKey: JSON.parse(after) }),
    }),
  );
  return {
    scanned: Items.map(({ data }) => {
      const { id, tenant, created, version } = JSON.parse(data?.S as string) as Scanned;
      return { id, tenant, created, version };
    }),
    next: last ? JSON.stringify(last) : null,
  };
}
