import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type ListedEvent,
  mostExamined,
  type PaymentList,
} from '../../../../ports/projections/payment-list.ts';
import type { ReadGenerations } from '../../../../ports/projections/projections.ts';
import { generationRows } from '../../projections/generation-rows.ts';
import { readItems } from '../../read-items.ts';
import {
  type Item,
  inOrder,
  noRow,
  partitionOf,
  paymentIn,
  rowKey,
  takeInto,
  takenIn,
} from './listed-row.ts';
import { searchPage } from './search-page.ts';

/** Few write one row at once: who is refused has the row as it is in hand. */
const maxDelayMs = 25;

/**
 * The payment list on DynamoDB: `TENANT#<tenant> / <created>#<id>`, the row holding the payment as
 * its latest event left it, and which of its events have come (`seen`). A position in the list is a
 * row's sort key. Rows of a generation after the first have it before their partition (`G2#TENANT#...`).
 *
 * @param most rows that one request examines
 */
export function dynamoPaymentList(
  client: DynamoDBClient,
  table: string,
  generations: ReadGenerations,
  { most = mostExamined }: { readonly most?: number } = {},
): PaymentList {
  const live = async () => (await generations('payment_list')).live;
  return {
    project: (event, generation) => project(client, table, event, generation),
    list: async (query) => searchPage({ client, table, generation: await live(), most }, query),
    find: async (payment) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: rowKey(await live(), payment),
          ConsistentRead: true,
        }),
      );
      return Item ? paymentIn(Item) : null;
    },
    taken: async (payments) => {
      const generation = await live();
      const keys = payments.map((payment) => rowKey(generation, payment));
      const items = await readItems(client, table, keys, ['pk', 'sk', 'seen', 'taken']);
      const byKey = new Map(items.map((item) => [keyText(item), takenIn(item).taken]));
      return new Map(
        payments.flatMap((payment, index) => {
          const taken = byKey.get(keyText(keys[index] ?? {}));
          return taken ? [[payment.id, taken]] : [];
        }),
      );
    },
    ...generationRows(client, table, {
      prefix: (generation) => partitionOf(generation, ''),
      contentOf: (item) => JSON.stringify([paymentIn(item), takenIn(item).taken]),
    }),
  };
}

/**
 * Events come nearly in order, so the row is first taken to have each event before this one; it is not
 * read. Where it has not, the refusal has the row as it is. Events 3 and 4 come at once, and 3 again:
 *
 *     A  seen = 3 if it is 2           ---- written
 *     B     seen = 4 if it is 3           ---- written
 *     A  seen = 3 if it is 2, again    ---- refused, with 4: event 3 is among them, nothing is to be done
 *
 * and in the wrong order:
 *
 *     B  seen = 4 if it is 3           ---- refused, with 2
 *        seen = 2,4 if it is 2, and the payment of event 4   ---- written
 *     A     seen = 3 if it is 2           ---- refused, with 2,4
 *           seen = 4 if it is 2,4         ---- written; the payment in the row is that of event 4 still
 */
async function project(
  client: DynamoDBClient,
  table: string,
  { tenant, data: { payment } }: ListedEvent,
  generation: number,
): Promise<boolean> {
  let before = inOrder(payment.version - 1);
  for (let refused = 0; ; refused++) {
    const update = takeInto(before, generation, { tenant, payment });
    if (update === null) {
      return false;
    }
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: rowKey(generation, { ...payment, tenant }),
          ...update,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) {
        throw error;
      }
      before = error.Item ? takenIn(error.Item) : noRow;
    }
    if (refused > 0) {
      await delay(Math.random() * maxDelayMs);
    }
  }
}

function keyText({ pk, sk }: Readonly<Item>): string {
  return `${pk?.S} ${sk?.S}`;
}
