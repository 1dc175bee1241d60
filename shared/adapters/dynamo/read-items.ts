import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

const firstDelayMs = 20;
const maxDelayMs = 1_000;

/**
 * Reads items by their keys, at most 100, eventually consistent unless asked otherwise, in no order;
 * those that are not there are not in the answer. What DynamoDB leaves over is asked for again, with full jitter: whoever asks
 * has all the time of its run.
 *
 * @param attributes those of each item that are in the answer; null: all
 */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
  attributes: readonly string[] | null,
  { isConsistent = false }: { readonly isConsistent?: boolean } = {},
): Promise<Item[]> {
  const found: Item[] = [];
  let left = [...keys];
  for (let tried = 0; left.length > 0; tried++) {
    if (tried > 0) {
      await delay(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** tried));
    }
    const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [table]: {
            Keys: left,
            ConsistentRead: isConsistent,
            ...projectionOf(attributes),
          },
        },
      }),
    );
    found.push(...(Responses?.[table] ?? []));
    left = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}

/** By their place: DynamoDB keeps many a name for itself. */
function projectionOf(attributes: readonly string[] | null) {
  return attributes === null
    ? {}
    : {
        ProjectionExpression: attributes.map((_, place) => `#a${place}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(
          attributes.map((name, place) => [`#a${place}`, name]),
        ),
      };
}
