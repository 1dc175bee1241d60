import { setTimeout as delay } from 'node:timers/promises';
import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

/** Another transaction held one of the items at each of the tries. Nothing was written. */
export class Contention extends Error {
  override readonly name = 'Contention';
}

const tries = 8;
const firstDelayMs = 15;
const maxDelayMs = 400;

/**
 * Writes all items or none. `refused` carries a reason per item, in the items' order, when at least
 * one condition did not hold and nothing else was in the way. Two transactions on one item at once
 * are no refusal: DynamoDB cancels one of them, and it is tried again here, with full jitter. That
 * goes before a condition: while another transaction is being committed, its first item can refuse
 * this one and its second be in conflict with it, which says half of what the caller has to know.
 *
 * @throws Contention when the tries run out
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
      if (!reasons.some(({ Code }) => Code === 'TransactionConflict')) {
        if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) {
          return { kind: 'refused', reasons };
        }
        throw error;
      }
      if (tried === tries) {
        throw new Contention(`the transaction met another one ${tries} times`);
      }
      await delay(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** tried));
    }
  }
}
