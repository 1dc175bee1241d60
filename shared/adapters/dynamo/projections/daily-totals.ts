import {
  type DynamoDBClient,
  paginateQuery,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { PaymentEvent } from '../../../contracts/events/payment-events.ts';
import { type Taken, take, takenText } from '../../../domain/projection/taken.ts';
import {
  additionOf,
  type DayTotals,
  dayPosition,
  pageOfDays,
} from '../../../domain/reports/daily-totals.ts';
import type { DailyTotals, DailyTotalsQuery } from '../../../ports/projections/daily-totals.ts';
import { type Patience, transact } from '../transact.ts';
import {
  amountAttribute,
  contentOf,
  countAttribute,
  dayOf,
  dayPartition,
  generationPrefix,
  paymentKey,
  takenOf,
} from './daily-items.ts';
import { generationRows } from './generation-rows.ts';

/** Nobody waits for a projection but the message itself, and its function has 10 s. */
const patience: Patience = { withinMs: 6_000 };

/**
 * The parts in which a day is kept. All payments of a tenant write to its day: in one item they would
 * stand in each other's way. A payment's part is the first digit of its id, which is a hash.
 */
const parts = [...'0123456789abcdef'];

/**
 * The totals of days on DynamoDB, each key in its generation:
 *
 *     DAILY#PAYMENT#<id> / TAKEN                       which of its events are taken (`takenText`)
 *     DAILY#TENANT#<tenant>#<part> / <day>#<currency>  what those of one part add, a number each:
 *                                                      captured#count, captured#amount and so on
 *
 * A day is the sum of its parts. Reads are strongly consistent.
 */
export function dynamoDailyTotals(client: DynamoDBClient, table: string): DailyTotals {
  return {
    ...generationRows(client, table, { prefix: generationPrefix, contentOf }),
    project: (event, generation) => project(client, table, event, generation),
    list: async (query, generation) => {
      const read = await Promise.all(
        parts.map((part) =>
          daysOf(client, table, query, dayPartition(generation, query.tenant, part)),
        ),
      );
      return pageOfDays(read.flat(), query.limit);
    },
  };
}

/**
 * Event 3 of a payment comes twice at once, and so does another payment's of the same day:
 *
 *     A  taken 2 -> 3 if 2, day +100     ---- written
 *        B  taken 2 -> 3 if 2, day +100     ---- refused, and says: 3 is taken. Nothing to add
 *        C  taken 0 -> 1 if none, day +50   ---- in conflict over the day: tried again later, written
 *
 * What is taken and what it adds are one transaction, so there is neither without the other, wherever
 * a process dies. An event comes nearly always after the one before it, and for once: that is what is
 * tried first, and the refusal brings what is so instead. So there is nothing to read, and each
 * refusal means that another event of the payment got in.
 */
async function project(
  client: DynamoDBClient,
  table: string,
  event: PaymentEvent,
  generation: number,
): Promise<boolean> {
  const added = addedTo(table, event, generation);
  let known: Taken = { upTo: event.sequence - 1, beyond: [] };
  for (;;) {
    const { fresh, taken } = take(known, event.sequence);
    if (!fresh) {
      return false;
    }
    const isFirst = known.upTo === 0 && known.beyond.length === 0;
    const unchangedSinceRead = isFirst ? 'attribute_not_exists(pk)' : '#taken = :before';
    const Update: TransactWriteItem['Update'] = {
      TableName: table,
      Key: paymentKey(generation, event.subject),
      UpdateExpression: 'SET #taken = :after',
      ConditionExpression: unchangedSinceRead,
      ExpressionAttributeNames: { '#taken': 'taken' },
      ExpressionAttributeValues: {
        ':after': { S: takenText(taken) },
        ...(isFirst ? {} : { ':before': { S: takenText(known) } }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    const answer = await transact(client, [{ Update }, ...added], patience);
    if (answer.kind === 'written') {
      return true;
    }
    known = takenOf(answer.reasons[0]?.Item);
  }
}

/** What an event adds to its day; nothing for one that adds nothing. */
function addedTo(table: string, event: PaymentEvent, generation: number): TransactWriteItem[] {
  const addition = additionOf(event);
  const counters = Object.entries(addition.totals).flatMap(([name, { count, amountMinor }]) => [
    { attribute: countAttribute(name), by: String(count) },
    { attribute: amountAttribute(name), by: String(amountMinor) },
  ]);
  if (counters.length === 0) {
    return [];
  }
  const part = event.subject.slice(0, 1);
  return [
    {
      Update: {
        TableName: table,
        Key: {
          pk: { S: dayPartition(generation, event.tenant, part) },
          sk: { S: dayPosition(addition) },
        },
        UpdateExpression: `ADD ${counters.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(
          counters.map(({ attribute }, index) => [`#c${index}`, attribute]),
        ),
        ExpressionAttributeValues: Object.fromEntries(
          counters.map(({ by }, index) => [`:c${index}`, { N: by }]),
        ),
      },
    },
  ];
}

/** The days of one part that a query asks for, newest first, and one more than it shows. */
async function daysOf(
  client: DynamoDBClient,
  table: string,
  { from, to, currency, limit, after }: DailyTotalsQuery,
  partition: string,
): Promise<DayTotals[]> {
  const days: DayTotals[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :partition AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':partition': { S: partition },
        ':from': { S: from },
        // A position has the day, and more after it.
        ':to': { S: after ?? `${to}~` },
      },
      ConsistentRead: true,
      ScanIndexForward: false,
      // The one behind which to go on is among them, and one more than is shown tells of a next page.
      ...(currency === null ? { Limit: limit + 2 } : {}),
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const day = dayOf(item);
      if (dayPosition(day) !== after && (currency === null || day.currency === currency)) {
        days.push(day);
      }
    }
    if (days.length > limit) {
      break;
    }
  }
  return days;
}
