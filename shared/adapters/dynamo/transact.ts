import { setTimeout as delay } from 'node:timers/promises';
import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

/** Another transaction, a throttle or the like was in the way at each try. Nothing was written. */
export class Contention extends Error {
  override readonly name = 'Contention';
}

const tries = 8;
const firstDelayMs = 15;
const maxDelayMs = 400;

/** Reasons that say nothing against the transaction. */
const harmless = new Set(['None', 'ConditionalCheckFailed']);

/** Reasons that are the same at the next try. Source: DynamoDB API, TransactWriteItems. */
const lasting = new Set(['ValidationError', 'ItemCollectionSizeLimitExceeded']);

/**
 * Writes all items or none. `refused` carries a reason per item, in the items' order, when at least
 * one condition did not hold and nothing else was in the way. Two transactions on one item at once
 * are no refusal: DynamoDB cancels one of them, and it is tried again here, with full jitter; so is
 * one that was throttled. That goes before a condition: while another transaction is being
 * committed, its first item can refuse this one and its second be in conflict with it, which says
 * half of what the caller has to know.
 *
 * @throws Contention when the tries run out, and at once what DynamoDB threw when no try can help
 */
export async function transact(
  client: DynamoDBClient,
  items: TransactWriteItem[],
): Promise<
  | { readonly kind: 'written' }
  | { readonly kind: 'refused'; readonly reasons: readonly CancellationReason[] }
> {
  for (let tried = 1; ; tried++) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return { kind: 'written' };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) {
        throw error;
      }
      const reasons = error.CancellationReasons ?? [];
      const codes = reasons.map(({ Code }) => Code ?? 'None');
      const obstacles = codes.filter((code) => !harmless.has(code));
      if (obstacles.some((code) => lasting.has(code))) {
        throw error;
      }
      if (obstacles.length === 0) {
        if (codes.includes('ConditionalCheckFailed')) {
          return { kind: 'refused', reasons };
        }
        throw error;
      }
      if (tried === tries) {
        throw new Contention(
          `not written in ${tries} tries: ${[...new Set(obstacles)].join(', ')}`,
        );
      }
      await delay(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** tried));
    }
  }
}
