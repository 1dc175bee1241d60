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

/** How long a transaction may be tried against others; then it ends as `Contention`. */
export interface Patience {
  /** Milliseconds from the first try on within which the last one starts. */
  readonly withinMs: number;
}

/** Six tries or a few more, which outlive what meets by chance, well within a saga task's time. */
const defaultPatience: Patience = { withinMs: 1_500 };

const firstDelayMs = 15;

/**
 * With this as the longest delay, two hundred writers of one item try it some two hundred times a
 * second between them, which stays below what DynamoDB lets one partition write.
 */
const maxDelayMs = 2_000;

/** Reasons that say nothing against the transaction. */
const harmless = new Set(['None', 'ConditionalCheckFailed']);

/** Reasons that are the same at the next try. Source: DynamoDB API, TransactWriteItems. */
const lasting = new Set(['ValidationError', 'ItemCollectionSizeLimitExceeded']);

/** A throttle of the whole call, by its name. Source: DynamoDB developer guide, "Error handling". */
const throttles = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

type Answer =
  | { readonly kind: 'written' }
  | { readonly kind: 'refused'; readonly reasons: readonly CancellationReason[] };

/**
 * Writes all items or none. `refused` carries a reason per item, in the items' order, when at least
 * one condition did not hold and nothing else was in the way. Two transactions on one item at once
 * are no refusal: DynamoDB cancels one of them, and it is tried again here, with full jitter that
 * grows with the tries; so is one that was throttled. That goes before a condition: while another
 * transaction is being committed, its first item can refuse this one and its second be in conflict
 * with it, which says half of what the caller has to know.
 *
 * @throws Contention when the time runs out, and at once what DynamoDB threw when no try can help
 */
export async function transact(
  client: DynamoDBClient,
  items: TransactWriteItem[],
  { withinMs }: Patience = defaultPatience,
): Promise<Answer> {
  const deadlineMs = Date.now() + withinMs;
  for (let tried = 1; ; tried++) {
    const answer = await tryOnce(client, items);
    if (answer.kind !== 'obstructed') {
      return answer;
    }
    const delayMs = Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** tried);
    if (Date.now() + delayMs >= deadlineMs) {
      throw new Contention(`not written in ${tried} tries: ${answer.obstacles.join(', ')}`);
    }
    await delay(delayMs);
  }
}

/** One try: its answer, or what was in its way that may be gone at the next. */
async function tryOnce(
  client: DynamoDBClient,
  items: TransactWriteItem[],
): Promise<Answer | { readonly kind: 'obstructed'; readonly obstacles: readonly string[] }> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    return { kind: 'written' };
  } catch (error) {
    if (error instanceof Error && throttles.has(error.name)) {
      return { kind: 'obstructed', obstacles: [error.name] };
    }
    if (!(error instanceof TransactionCanceledException)) {
      throw error;
    }
    const reasons = error.CancellationReasons ?? [];
    const codes = reasons.map(({ Code }) => Code ?? 'None');
    const obstacles = codes.filter((code) => !harmless.has(code));
    if (obstacles.some((code) => lasting.has(code))) {
      throw error;
    }
    if (obstacles.length > 0) {
      return { kind: 'obstructed', obstacles: [...new Set(obstacles)] };
    }
    if (codes.includes('ConditionalCheckFailed')) {
      return { kind: 'refused', reasons };
    }
    throw error;
  }
}
