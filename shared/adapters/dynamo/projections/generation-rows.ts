import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { ProjectionRows } from '../../../ports/projections/projections.ts';

type Item = Record<string, AttributeValue>;

/** DynamoDB's most. */
const deletedAtOnce = 25;

const firstDelayMs = 50;
const maxDelayMs = 2_000;

/**
 * What a rebuild does with the rows of a generation: all of them are read through, one is read again, or
 * all are deleted. Reads the whole table: for what runs seldom.
 *
 * @param prefix what the partitions of a generation begin with, and those of no other
 * @param contentOf all of a row that must be equal in two generations
 */
export function generationRows(
  client: DynamoDBClient,
  table: string,
  {
    prefix,
    contentOf,
  }: {
    readonly prefix: (generation: number) => string;
    readonly contentOf: (item: Readonly<Item>) => string;
  },
): Pick<ProjectionRows, 'rows' | 'row' | 'clear'> {
  const scan = (generation: number, attributes?: string) =>
    paginateScan(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :prefix)',
        ExpressionAttributeValues: { ':prefix': { S: prefix(generation) } },
        ...(attributes && { ProjectionExpression: attributes }),
      },
    );
  const keyOf = (generation: number, { pk, sk }: Readonly<Item>) =>
    JSON.stringify([pk?.S?.slice(prefix(generation).length), sk?.S]);
  return {
    rows: async function* (generation) {
      for await (const { Items = [] } of scan(generation)) {
        for (const item of Items) {
          yield { key: keyOf(generation, item), value: contentOf(item) };
        }
      }
    },
    row: async (generation, key) => {
      const [partition, sk] = JSON.parse(key) as [string, string];
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: `${prefix(generation)}${partition}` }, sk: { S: sk } },
          ConsistentRead: true,
        }),
      );
      return Item ? { key, value: contentOf(Item) } : null;
    },
    clear: async (generation) => {
      let cleared = 0;
      for await (const { Items = [] } of scan(generation, 'pk, sk')) {
        for (let from = 0; from < Items.length; from += deletedAtOnce) {
          const Keys = Items.slice(from, from + deletedAtOnce);
          await deleteItems(
            client,
            table,
            Keys.map((Key) => ({ DeleteRequest: { Key } })),
          );
          cleared += Keys.length;
        }
      }
      return cleared;
    },
  };
}

/** What DynamoDB leaves over is asked for again, with full jitter. */
async function deleteItems(
  client: DynamoDBClient,
  table: string,
  requests: WriteRequest[],
): Promise<void> {
  let left: WriteRequest[] = requests;
  for (let tried = 0; left.length > 0; tried++) {
    if (tried > 0) {
      await delay(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** tried));
    }
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
    );
    left = UnprocessedItems?.[table] ?? [];
  }
}
