import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { AnyEvent } from '../../../../contracts/events/events.ts';
import type { Snapshot } from '../../../../domain/snapshot.ts';
import type { EventPage, EventPageQuery } from '../../../../ports/event-page.ts';
import { eventKey, eventOf } from '../event-item.ts';
import { snapshotKey, snapshotOf } from './snapshot-item.ts';

/*
 * What a payment or a payout was: its events one by one and in parts, and its state at a version.
 */

/** One event of a subject by its number; null when there is none. */
export async function loadEvent<Event extends AnyEvent>(
  client: DynamoDBClient,
  table: string,
  partition: string,
  sequence: number,
): Promise<Event | null> {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: table,
      Key: { pk: { S: partition }, sk: { S: eventKey(sequence) } },
      ConsistentRead: true,
    }),
  );
  return Item ? eventOf<Event>(Item) : null;
}

/** Some events of a subject: what one read of DynamoDB gives, so at most 1 MB of them. */
export async function pageEvents<Event extends AnyEvent>(
  client: DynamoDBClient,
  table: string,
  partition: string,
  { after, limit }: Omit<EventPageQuery, 'id'>,
): Promise<EventPage<Event>> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      ...eventsBetween(partition, after + 1),
      ConsistentRead: true,
      // One more than is shown tells whether there is a page behind it.
      Limit: limit + 1,
    }),
  );
  const events = Items.slice(0, limit).map((item) => eventOf<Event>(item));
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { events, next: more ? (events.at(-1)?.sequence ?? null) : null };
}

/** How a state is made of events, and which snapshots of it are of the same make. */
export interface Folding<State, Event> {
  readonly stateVersion: number;
  readonly fold: (events: readonly Event[], from: State | null) => State | null;
}

/**
 * A subject's state as a version left it: the nearest snapshot at or before it, and the events from
 * there on. A snapshot of another make is passed over, with those before it.
 */
export async function loadStateAt<
  State extends { readonly version: number },
  Event extends AnyEvent,
>(
  client: DynamoDBClient,
  table: string,
  partition: string,
  version: number,
  { stateVersion, fold }: Folding<State, Event>,
): Promise<State | null> {
  if (version < 1) {
    return null;
  }
  const snapshot = await nearestSnapshot<State>(client, table, partition, version);
  const from = snapshot?.stateVersion === stateVersion ? snapshot.state : null;
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ...eventsBetween(partition, (from?.version ?? 0) + 1, version),
      ConsistentRead: true,
    },
  );
  let state = from;
  for await (const { Items = [] } of from?.version === version ? [] : pages) {
    state = fold(
      Items.map((item) => eventOf<Event>(item)),
      state,
    );
  }
  return state?.version === version ? state : null;
}

async function nearestSnapshot<State>(
  client: DynamoDBClient,
  table: string,
  partition: string,
  version: number,
): Promise<Snapshot<State> | null> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ...between(partition, snapshotKey(0), snapshotKey(version)),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Items[0] ? snapshotOf<State>(Items[0]) : null;
}

/** As far as the numbers in keys go. */
const lastSequence = 99_999_999;

function eventsBetween(partition: string, from: number, to = lastSequence) {
  return between(partition, eventKey(from), eventKey(to));
}

function between(
  partition: string,
  from: string,
  to: string,
): {
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
} {
  return {
    KeyConditionExpression: 'pk = :subject AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':subject': { S: partition },
      ':from': { S: from },
      ':to': { S: to },
    },
  };
}
