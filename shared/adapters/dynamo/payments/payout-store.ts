import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { PayoutEvent } from '../../../contracts/events/payout-events.ts';
import type { PayoutResource } from '../../../contracts/payouts/payouts.ts';
import type { PayoutChange } from '../../../domain/payout/change.ts';
import { type Payout, renderPayout } from '../../../domain/payout/state.ts';
import { type PayoutSweepKind, payoutDueOf } from '../../../domain/payout/sweep.ts';
import { payoutStateVersion } from '../../../domain/snapshot.ts';
import type { AcceptPayoutResult, PayoutStore } from '../../../ports/payouts/payouts.ts';
import { ledgerRefusal } from '../ledger/ledger-items.ts';
import { transact } from '../transact.ts';
import { eventOf, payoutPartition } from './event-item.ts';
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
import { listDue, listParked, type Watched, watchedItem } from './watched.ts';

/**
 * The event store of payouts on DynamoDB, in the table of the payments. One payout is one partition,
 * and a row in its tenant's list:
 *
 *     PAYOUT#<id>       STATE            version, and the state as JSON
 *     PAYOUT#<id>       EVENT#00000001   the first event, and so on
 *     PAYOUT#<id>       SNAPSHOT#...     the state as every hundredth event left it
 *     PAYOUTS#<tenant>  <created>#<id>   the payout as its last change left it, as JSON
 *
 * An event item is what the stream carries, so writing it with the state is the outbox. Writing the
 * row with them makes the list as true as the state; payouts are few, and no two share a row. A
 * position in the list is a row's sort key.
 */
export function dynamoPayoutStore(client: DynamoDBClient, tables: EventStoreTables): PayoutStore {
  return {
    accept: (change) => accept(client, tables.payments, change),
    append: (change) => append(client, tables, change),
    load: (id) => loadState<Payout>(client, tables.payments, payoutPartition(id)),
    events: (id) => listEvents<PayoutEvent>(client, tables.payments, payoutPartition(id)),
    list: async ({ tenant, limit, after }) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tables.payments,
          KeyConditionExpression: after === null ? 'pk = :tenant' : 'pk = :tenant AND sk < :after',
          ExpressionAttributeValues: {
            ':tenant': { S: listPartition(tenant) },
            ...(after === null ? {} : { ':after': { S: after } }),
          },
          ConsistentRead: true,
          ScanIndexForward: false,
          // One more than is shown tells whether there is a page behind it.
          Limit: limit + 1,
        }),
      );
      const page = Items.slice(0, limit);
      const more = Items.length > limit || LastEvaluatedKey !== undefined;
      return {
        payouts: page.map((item) => JSON.parse(item.data?.S as string) as PayoutResource),
        next: more ? (page.at(-1)?.sk?.S ?? null) : null,
      };
    },
    due: (kind, at, limit) => listDue(client, tables.payments, watched, { kind, at, limit }),
    parked: (query) => listParked(client, tables.payments, watched, query),
    scan: async (after) => {
      const { scanned, next } = await scanStates(
        client,
        tables.payments,
        payoutPartition(''),
        after,
      );
      return { payouts: scanned, next };
    },
  };
}

/**
 * Two requests with one key race to make one payout:
 *
 *     A  put STATE, EVENT#1, row if not there   ---- written ----> 202
 *     B     put STATE, EVENT#1, row if not there   ---- refused, with A's event in the refusal ----> A's answer
 */
async function accept(
  client: DynamoDBClient,
  table: string,
  { after, event }: PayoutChange,
): Promise<AcceptPayoutResult> {
  const answer = await transact(client, [
    ...firstItems(table, { state: itemOf(after), event }),
    { Put: { TableName: table, Item: rowItem(after) } },
  ]);
  if (answer.kind === 'written') {
    return { kind: 'accepted' };
  }
  const [, firstEvent] = answer.reasons;
  if (!firstEvent?.Item) {
    throw new Error(
      `payout ${after.id} was refused, but not for its key: ${codesOf(answer.reasons)}`,
    );
  }
  return { kind: 'exists', first: eventOf(firstEvent.Item) };
}

/**
 * A saga's task and a notice of the bank race to change one payout from version n:
 *
 *     A  put STATE n+1 if version = n, EVENT n+1   ---- written
 *     B     put STATE n+1 if version = n, EVENT n+1   ---- refused: conflict, B reads again and decides anew
 *
 * With it go the row, and the transfers with what they do to the limited account. Only when nothing
 * but the account's limit refuses, it is funds that are lacking: a payout that has moved on is a
 * conflict whatever is available by now.
 */
async function append(
  client: DynamoDBClient,
  tables: EventStoreTables,
  { after, event, transfers }: PayoutChange,
): Promise<'written' | 'conflict' | 'insufficient_funds'> {
  const items: TransactWriteItem[] = [
    ...nextItems(tables, {
      state: itemOf(after),
      version: after.version,
      stateVersion: payoutStateVersion,
      event,
      transfers,
    }),
    { Put: { TableName: tables.payments, Item: rowItem(after) } },
  ];
  const answer = await transact(client, items);
  if (answer.kind === 'written') {
    return 'written';
  }
  const [state] = answer.reasons;
  if (state?.Code === 'ConditionalCheckFailed') {
    return 'conflict';
  }
  if (ledgerRefusal(items, answer.reasons) === 'insufficient_funds') {
    return 'insufficient_funds';
  }
  throw new Error(`the ledger refused the transfers of ${event.type}: ${codesOf(answer.reasons)}`);
}

function listPartition(tenant: string): string {
  return `PAYOUTS#${tenant}`;
}

/** Beside the payments in the same indexes, under keys of their own. */
const watched: Watched<PayoutSweepKind> = {
  prefix: payoutPartition(''),
  dueKey: (kind) => `PAYOUT_${kind.toUpperCase()}`,
  parkedKey: 'PAYOUT',
};

function itemOf(payout: Payout): Record<string, AttributeValue> {
  return {
    ...stateItem(payoutPartition(payout.id), payout),
    ...watchedItem(watched, payout.id, {
      due: payoutDueOf(payout),
      parkedSince: payout.parked?.since ?? null,
    }),
  };
}

function rowItem(payout: Payout): Record<string, AttributeValue> {
  return {
    pk: { S: listPartition(payout.tenant) },
    sk: { S: `${payout.created}#${payout.id}` },
    data: { S: JSON.stringify(renderPayout(payout)) },
  };
}
