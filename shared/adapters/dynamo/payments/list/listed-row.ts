import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { upcastPayment } from '../../../../contracts/events/upcast.ts';
import type { PaymentResource } from '../../../../contracts/payment.ts';
import { inGeneration } from '../../../../domain/projection/generation.ts';
import {
  hasTaken,
  nothingTaken,
  type Taken,
  take,
  takenFromText,
  takenText,
} from '../../../../domain/projection/taken.ts';
import { positionOf } from '../../../../domain/search/filters.ts';
import type { ListedPayment } from '../../../../ports/projections/payment-list.ts';

export type Item = Record<string, AttributeValue>;

/** The index of a tenant's payments in one status: whole rows. */
export const byStatusIndex = 'by_status';

/** The index of a tenant's payments of one customer: keys alone, so that no later event writes to it. */
export const byCustomerIndex = 'by_customer';

export const partitionOf = (generation: number, tenant: string) =>
  inGeneration(generation, `TENANT#${tenant}`);

export const statusKey = (generation: number, tenant: string, status: string) =>
  inGeneration(generation, `${tenant}#${status}`);

export const customerKey = (generation: number, tenant: string, customer: string) =>
  inGeneration(generation, `${tenant}#${customer}`);

export function rowKey(generation: number, payment: ListedPayment) {
  return { pk: { S: partitionOf(generation, payment.tenant) }, sk: { S: positionOf(payment) } };
}

/** The payment in a row. One that was written before payments could name a customer names none. */
export function paymentIn(item: Readonly<Item>): PaymentResource {
  return upcastPayment(JSON.parse(item.data?.S as string) as PaymentResource);
}

/** What of a row tells which events it has taken, as it is stored. */
export interface StoredTaken {
  readonly taken: Taken;
  /** Null in a row that was last written before there was this text. */
  readonly text: string | null;
  /** The sequences one by one, as rows were written before; null when there are none. */
  readonly set: readonly string[] | null;
}

export const noRow: StoredTaken = { taken: nothingTaken, text: null, set: null };

/** A row of which each event up to one was taken: how most are found. */
export function inOrder(upTo: number): StoredTaken {
  const taken = { upTo, beyond: [] };
  return upTo === 0 ? noRow : { taken, text: takenText(taken), set: null };
}

export function takenIn(item: Readonly<Item>): StoredTaken {
  const text = item.seen?.S ?? null;
  const set = item.taken?.NS ?? null;
  const known = text === null ? nothingTaken : takenFromText(text);
  const taken = (set ?? []).reduce((all, one) => take(all, Number(one)).taken, known);
  return { taken, text, set };
}

/** The greatest sequence of those taken: that of the payment in the row. */
export function latestOf({ upTo, beyond }: Taken): number {
  return beyond.at(-1) ?? upTo;
}

/**
 * The update that takes an event into a row, on condition that the row is as it was read; null when it
 * has the event.
 */
export function takeInto(
  before: StoredTaken,
  generation: number,
  { tenant, payment }: { readonly tenant: string; readonly payment: PaymentResource },
) {
  if (hasTaken(before.taken, payment.version)) {
    return null;
  }
  const { taken } = take(before.taken, payment.version);
  const { text, set } = before;
  const hasNoText = 'attribute_not_exists(seen)';
  const hasNoSet = 'attribute_not_exists(taken)';
  const textIsUnchanged = text === null ? hasNoText : 'seen = :text';
  const setIsUnchanged = set === null ? hasNoSet : 'taken = :set';
  const isNewest = payment.version > latestOf(before.taken);
  const row = isNewest ? rowOf(generation, tenant, payment) : {};
  const names = Object.keys(row);
  return {
    UpdateExpression: [
      `SET seen = :seen${names.map((name) => `, #${name} = :${name}`).join('')}`,
      ...(set === null ? [] : ['REMOVE taken']),
    ].join(' '),
    ConditionExpression: `${textIsUnchanged} AND ${setIsUnchanged}`,
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    }),
    ExpressionAttributeValues: {
      ':seen': { S: takenText(taken) },
      ...(text === null ? {} : { ':text': { S: text } }),
      ...(set === null ? {} : { ':set': { NS: [...set] } }),
      ...Object.fromEntries(Object.entries(row).map(([name, value]) => [`:${name}`, value])),
    },
  };
}

function rowOf(generation: number, tenant: string, payment: PaymentResource): Item {
  const { status, customer, version } = payment;
  return {
    status_key: { S: statusKey(generation, tenant, status) },
    ...(customer === null
      ? {}
      : { customer_key: { S: customerKey(generation, tenant, customer) } }),
    version: { N: String(version) },
    data: { S: JSON.stringify(payment) },
  };
}
