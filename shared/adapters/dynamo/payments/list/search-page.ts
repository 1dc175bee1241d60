import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { PaymentResource } from '../../../../contracts/payment.ts';
import { matches, type PaymentFilters } from '../../../../domain/search/filters.ts';
import type { PaymentPage } from '../../../../domain/search/page.ts';
import { planOf, type SearchPlan } from '../../../../domain/search/plan.ts';
import type { ListPayments } from '../../../../ports/projections/payment-list.ts';
import { readItems } from '../../read-items.ts';
import {
  byCustomerIndex,
  byStatusIndex,
  customerKey,
  type Item,
  partitionOf,
  paymentIn,
  statusKey,
} from './listed-row.ts';

interface Place {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly generation: number;
  /** Rows that one request examines. */
  readonly most: number;
}

type Query = Parameters<ListPayments>[0];

/** As many as `readItems` reads at once. */
const partSize = 100;

/**
 * A page of a search: goes down the rows of the narrowest index and keeps those that match, until there is
 * one more than the page has, or no more rows, or `most` of them are examined. What the index does not
 * tell is told by the row itself, so that a row of any age can be asked anything.
 */
export async function searchPage(place: Place, query: Query): Promise<PaymentPage> {
  const { filters, limit } = query;
  const plan = planOf(filters, ['by_customer', 'by_status', 'all']);
  const found: PaymentResource[] = [];
  let last = query.after;
  let left = place.most;
  for (;;) {
    const wanted = plan.isFiltered ? partSize : limit + 1 - found.length;
    const part = await readPart(place, plan, query, last, Math.min(wanted, left));
    for (const { position, payment } of part.rows) {
      if (payment && matches(filters, payment)) {
        if (found.length === limit) {
          return { payments: found, next: last };
        }
        found.push(payment);
      }
      last = position;
    }
    left -= part.rows.length;
    if (!part.more || left <= 0) {
      return { payments: found, next: part.more ? last : null };
    }
  }
}

interface Row {
  readonly position: string;
  /** Null where the index has a row that is gone. */
  readonly payment: PaymentResource | null;
}

interface Part {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

async function readPart(
  { client, table, generation }: Place,
  { index }: SearchPlan,
  { tenant, filters }: Query,
  after: string | null,
  size: number,
): Promise<Part> {
  const by = {
    by_customer: [
      byCustomerIndex,
      'customer_key',
      customerKey(generation, tenant, filters.customer ?? ''),
    ],
    by_status: [byStatusIndex, 'status_key', statusKey(generation, tenant, filters.status ?? '')],
    all: [undefined, 'pk', partitionOf(generation, tenant)],
  } as const;
  const [IndexName, attribute, partition] = by[index === 'by_reference' ? 'all' : index];
  const { from, to } = rangeOf(filters, after);
  if (from > to) {
    return { rows: [], more: false };
  }
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      ...(IndexName ? { IndexName } : { ConsistentRead: true }),
      KeyConditionExpression: '#p = :p AND sk BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#p': attribute },
      ExpressionAttributeValues: {
        ':p': { S: partition },
        ':from': { S: from },
        ':to': { S: to },
      },
      ScanIndexForward: false,
      Limit: size,
    }),
  );
  const rows =
    IndexName === byCustomerIndex ? await wholeRows(client, table, Items) : Items.map(rowIn);
  return { rows, more: LastEvaluatedKey !== undefined };
}

/** Positions from one to another, both among them. A time is less than each position of its time. */
function rangeOf({ createdFrom, createdTo }: PaymentFilters, after: string | null) {
  const ends = [createdTo, after === null ? undefined : justBelow(after)];
  const to = ends.flatMap((end) => (end === undefined ? [] : [end])).sort()[0];
  // Each position begins with the digits of a year.
  return { from: createdFrom ?? '0', to: to ?? ':' };
}

/** The greatest text that is less than a position and as long: DynamoDB has no range without its ends. */
function justBelow(position: string): string {
  const last = position.length - 1;
  return position.slice(0, last) + String.fromCharCode(position.charCodeAt(last) - 1);
}

/** The rows of keys that an index has, in their order. */
async function wholeRows(
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Row[]> {
  const items = await readItems(
    client,
    table,
    keys.map(({ pk, sk }) => ({ pk, sk }) as Item),
    ['sk', 'data'],
    // The index may be ahead of another copy of the table.
    { isConsistent: true },
  );
  const found = new Map(items.map((item) => [item.sk?.S, rowIn(item)]));
  return keys.map(({ sk }) => found.get(sk?.S) ?? { position: sk?.S ?? '', payment: null });
}

function rowIn(item: Readonly<Item>): Row {
  return { position: item.sk?.S ?? '', payment: paymentIn(item) };
}
