import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import type { SimulatorPsp } from '../../contracts/simulator/common.ts';

/*
 * The items of the table `simulator`. Those of a PSP that is not the first have its name before
 * their partition key, `simulator-b/CHARGE#<id>`:
 *
 *     OPERATION#<id>    ANSWER         the first answer, its request, outcome and notices
 *     OPERATION#<id>    EFFECT#<id>    an effect: what it did, to what, by how much
 *     OPERATION#<id>    CALLS          how many calls were counted
 *     CHARGE#<id>       CHARGE         version, and the charge as JSON
 *     REFERENCE#<ref>   CHARGE#<id>    which charges have the reference
 *     REFERENCE#<ref>   OPERATION#<id> which operations with an answer are about the reference
 *     DISPUTE#<id>      DISPUTE        which charge has the dispute
 *     PAYOUT#<id>       PAYOUT         version, and the payout as JSON
 *     SCRIPT            <call>         what is scripted for the next calls, how many were taken
 *     WEBHOOKS          ENDPOINT       where notices are posted, and the secret that signs them
 *     UNSETTLED         ENTRY#<id>     an entry that no settlement file has
 *     FILES             FILE#<number>  a settlement file and its state
 *     FILE#<number>     ENTRY#<id>     an entry that the file has
 *
 * An effect's id is new with each try, so that a second effect of one operation would be a second
 * item and never hides behind the first. No item is common to two charges.
 */

export type Item = Record<string, AttributeValue>;

export function key(pk: string, sk: string): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** Where the items of one PSP are. */
export interface Place {
  readonly table: string;
  readonly pkOf: (pk: string) => string;
}

/** Makes a partition key one of a PSP's own. */
export function partitionsOf(psp: SimulatorPsp): (pk: string) => string {
  return psp === 'simulator' ? (pk) => pk : (pk) => `${psp}/${pk}`;
}

/** A value as JSON in the attribute `data`. */
export function withData(value: unknown): Item {
  return { data: { S: JSON.stringify(value) } };
}

/** What {@link withData} wrote. */
export function dataOf<T>(item: Item): T {
  return JSON.parse(item.data?.S as string) as T;
}

export async function get(
  client: DynamoDBClient,
  table: string,
  Key: Item,
): Promise<Item | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  return Item;
}

/** All items of a partition whose sort key begins so, in its order. */
export async function partOf(
  client: DynamoDBClient,
  table: string,
  pk: string,
  prefix: string,
): Promise<Item[]> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: pk }, ':prefix': { S: prefix } },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    items.push(...(page.Items ?? []));
  }
  return items;
}
