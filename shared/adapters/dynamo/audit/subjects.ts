import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { PaymentEvent } from '../../../contracts/events/payment-events.ts';
import type { PayoutEvent } from '../../../contracts/events/payout-events.ts';
import type { Conversion } from '../../../domain/conversion.ts';
import type { Payment } from '../../../domain/payment/state.ts';
import type { Payout } from '../../../domain/payout/state.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { StoredSubject, SubjectAudit } from '../../../ports/audit.ts';
import { conversionPartition } from '../payments/conversion-store.ts';
import { eventOf, paymentPartition, payoutPartition } from '../payments/event-item.ts';
import { stateOf } from '../payments/event-store.ts';
import { snapshotKey, snapshotOf, snapshotPrefix } from '../payments/history/snapshot-item.ts';

type Item = Record<string, AttributeValue>;
type Kind = StoredSubject['kind'];

/** What the partitions begin with, and the sort key of what is changed or written last in each. */
const partitions: Readonly<Record<Kind, { readonly prefix: string; readonly sortKey: string }>> = {
  payment: { prefix: paymentPartition(''), sortKey: 'STATE' },
  payout: { prefix: payoutPartition(''), sortKey: 'STATE' },
  conversion: { prefix: conversionPartition(''), sortKey: 'CONVERSION' },
};
const kinds = Object.keys(partitions) as Kind[];

const eventPrefix = 'EVENT#';

/**
 * Payments, payouts and conversions from their table. A scan gives the items of one partition one
 * after the other by sort key, the events before the snapshots, and these before `STATE`. Should it
 * ever give a partition in two parts, each is incomplete by itself and is read again.
 */
export function dynamoSubjects(client: DynamoDBClient, table: string): SubjectAudit {
  return {
    all: async function* () {
      let items: Item[] = [];
      for await (const item of scan(client, table)) {
        if (items[0] && items[0].pk?.S !== item.pk?.S) {
          yield subjectOf(items);
          items = [];
        }
        items.push(item);
      }
      if (items.length > 0) {
        yield subjectOf(items);
      }
    },
    again: async (kind, id) => {
      const { prefix, sortKey } = partitions[kind];
      const pk = { S: `${prefix}${id}` };
      const snapshots = await itemsIn(client, table, pk, snapshotPrefix);
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk, sk: { S: sortKey } },
          ConsistentRead: true,
        }),
      );
      const events = await itemsIn(client, table, pk, eventPrefix);
      return readSubject(kind, id, [...events, ...snapshots, ...(Item ? [Item] : [])]);
    },
  };
}

async function* scan(client: DynamoDBClient, table: string): AsyncGenerator<Item> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      FilterExpression: kinds.map((kind) => `begins_with(pk, :${kind})`).join(' OR '),
      ExpressionAttributeValues: Object.fromEntries(
        kinds.map((kind) => [`:${kind}`, { S: partitions[kind].prefix }]),
      ),
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    yield* page.Items ?? [];
  }
}

async function itemsIn(
  client: DynamoDBClient,
  table: string,
  pk: AttributeValue,
  prefix: string,
): Promise<Item[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': { S: prefix } },
      ConsistentRead: true,
    },
  );
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

/** @param items of one partition, at least one */
function subjectOf(items: readonly Item[]): StoredSubject {
  const pk = items[0]?.pk?.S ?? '';
  const kind = kinds.find((one) => pk.startsWith(partitions[one].prefix)) as Kind;
  return readSubject(kind, pk.slice(partitions[kind].prefix.length), items);
}

function readSubject(kind: Kind, id: string, items: readonly Item[]): StoredSubject {
  const unreadable: string[] = [];
  const read = <T>(item: Item | undefined, parse: (item: Item) => T): T | null => {
    try {
      return item ? parse(item) : null;
    } catch {
      // What a parser says may quote what is stored.
      unreadable.push(item?.sk?.S ?? '');
      return null;
    }
  };
  const last = items.find(({ sk }) => sk?.S === partitions[kind].sortKey);
  const events = <Event extends PaymentEvent | PayoutEvent>() =>
    items
      .filter(({ sk }) => sk?.S?.startsWith(eventPrefix))
      .flatMap((item) => read(item, eventOf<Event>) ?? []);
  const snapshots = <State>() =>
    items
      .filter(({ sk }) => sk?.S?.startsWith(snapshotPrefix))
      .flatMap((item) => read(item, checkedSnapshot<State>) ?? []);
  const rest = () => ({ id, unreadable: unreadable.length > 0 ? unreadable.join(', ') : null });
  switch (kind) {
    case 'payment':
      return {
        kind,
        events: events<PaymentEvent>(),
        state: read(last, checkedState<Payment>),
        snapshots: snapshots<Payment>(),
        ...rest(),
      };
    case 'payout':
      return {
        kind,
        events: events<PayoutEvent>(),
        state: read(last, checkedState<Payout>),
        snapshots: snapshots<Payout>(),
        ...rest(),
      };
    case 'conversion':
      return { kind, conversion: read(last, jsonOf<Conversion>), ...rest() };
  }
}

/** @throws Error when what conditions and indexes go by is not what the state says */
function checkedState<State>(item: Item): State {
  const state = stateOf<Readonly<Record<string, unknown>>>(item);
  const repeated = [
    [item.version?.N, state.version],
    [item.status?.S, state.status],
    [item.tenant?.S, state.tenant],
  ];
  if (repeated.some(([attribute, member]) => attribute !== String(member))) {
    throw new Error('a state contradicts its item');
  }
  return state as State;
}

/** @throws Error when it is not of the version that its key says */
function checkedSnapshot<State>(item: Item): Snapshot<State> {
  const snapshot = snapshotOf<State>(item);
  if (item.sk?.S !== snapshotKey(snapshot.version)) {
    throw new Error('a snapshot contradicts its key');
  }
  return snapshot;
}

function jsonOf<T>(item: Item): T {
  return JSON.parse(item.data?.S ?? '');
}
