import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { foldRun } from '../../../../domain/ledger/fold/fold.ts';
import {
  positionOf,
  type Run,
  unfoldedRun,
  untakenRun,
} from '../../../../domain/ledger/fold/sequence.ts';
import type { BookBatch, StreamedTransfer } from '../../../../ports/ledger.ts';
import { type Patience, transact } from '../../transact.ts';
import type { Image } from '../transfer-item.ts';
import { firstLinkOf, headOf, markOf } from './book-item.ts';
import { bookKey, chainKey, chainPrefix } from './book-keys.ts';
import { linkFrom } from './chain-item.ts';
import { foldItems } from './fold-items.ts';

/** Nobody waits for a fold but the shard behind it, and its function has 30 s. */
const patience: Patience = { withinMs: 10_000 };

/**
 * One shard's records come again, cut in other ways, while an earlier try may still be in flight
 * (its function timed out, the network did not), and two shards of one book come at once. All of
 * them want to write the next link of the book's chain:
 *
 *     A  read: link 4 is the last, position 0
 *     B     read: link 4 is the last, position 0
 *     A  take 1..10, link 5 if link 4 is the last   ---- written: position 10
 *     B     take 1..5, link 5 if link 4 is the last    ---- refused, with the book as it is:
 *           position 10, nothing is left
 *     C  another shard, take 7..9, link 5 if ...       ---- refused, with the book as it is
 *        take 7..9, link 6 if link 5 is the last       ---- written
 *
 * Every fold makes a link, so a chain of the length that was read is a book as it was read, its
 * positions too. The position and the counters change in one write, so a record counts exactly when
 * the position passes it. It rests on Lambda giving a shard's records in their order the first time,
 * and never a later one before an earlier one was taken or given up to the on-failure queue.
 */
export function foldBatch(
  client: DynamoDBClient,
  table: string,
  batch: BookBatch,
): Promise<'folded' | 'already_folded'> {
  return foldUntil(client, table, batch, async (book) =>
    untakenRun(batch.transfers, markOf(book, batch.shardId)?.position ?? null),
  );
}

/**
 * A range that was given up lies before the shard's position as soon as a later batch is folded, so
 * the position says nothing of it. The chain does: each transfer in a book is in one link. Two
 * redrives of one range, the try that was given up and is in flight still, and the shard's next batch
 * come at once:
 *
 *     A  read: link 4 is the last; no link has 5 or 6
 *     B     read: link 4 is the last; no link has 5 or 6
 *     A  take 5..6, link 5 if link 4 is the last    ---- written: position 6, or later as it was
 *     B     take 5..6, link 5 if link 4 is the last    ---- refused; link 5 has 5 and 6: nothing left
 *     Z  the old try: take 5..6, link 5 if ...         ---- refused; position 6: nothing left
 *     C  the stream: take 7..9, link 5 if ...          ---- refused; position 6: takes them as link 6
 *
 * The links are read after the book, and what they lack is written only while its chain is as long as
 * it was then: so at that write no link has it. Were Z first, A would find its link. The position
 * goes to the end of the range and never back, so that nobody who goes by it takes the range again;
 * what it passes was taken or given up before, as Lambda gives a shard's records in their order.
 */
export function foldRedriven(
  client: DynamoDBClient,
  table: string,
  batch: BookBatch,
): Promise<'folded' | 'already_folded'> {
  return foldUntil(client, table, batch, async (book) =>
    unfoldedRun(batch.transfers, await foldedOf(client, table, batch, book)),
  );
}

/**
 * Folds what is left of a batch behind the last link, and asks again what that is whenever another
 * fold came first. Each refusal shows a longer chain, so somebody folds each time round.
 */
async function foldUntil(
  client: DynamoDBClient,
  table: string,
  batch: BookBatch,
  leftOf: (book: Image | undefined) => Promise<Run<StreamedTransfer> | null>,
): Promise<'folded' | 'already_folded'> {
  let before = await readBook(client, table, batch);
  for (;;) {
    const run = await leftOf(before);
    if (run === null) {
      return 'already_folded';
    }
    const head = headOf(before);
    const folded = foldRun(batch, batch.shardId, run, head);
    const answer = await transact(client, foldItems(table, batch, folded, before), patience);
    if (answer.kind === 'written') {
      return 'folded';
    }
    const now = answer.reasons[0]?.Item;
    if (headOf(now).length <= head.length) {
      throw new Error(
        `the book of ${batch.currency} has no link ${head.length + 1}, but its chain has`,
      );
    }
    before = now;
  }
}

async function readBook(
  client: DynamoDBClient,
  table: string,
  batch: BookBatch,
): Promise<Image | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: bookKey(batch), ConsistentRead: true }),
  );
  return Item;
}

/**
 * The transfers of a batch that are in its book: those in the links of its shard that overlap with
 * it. None as long as the shard's position lies before the batch, which saves reading the links; and
 * none before the first link of the shard, which is hours back at most, as a shard is open no longer.
 */
async function foldedOf(
  client: DynamoDBClient,
  table: string,
  batch: BookBatch,
  book: Image | undefined,
): Promise<ReadonlySet<string>> {
  const positions = batch.transfers.map(({ sequence }) => positionOf(sequence)).sort();
  const [first = '', last = ''] = [positions[0], positions.at(-1)];
  const mark = markOf(book, batch.shardId);
  if (mark === null || mark.position < first) {
    return new Set();
  }
  const isOfTheShard = 'shard_id = :shard';
  const overlaps = 'first_position <= :last AND last_position >= :first';
  const { pk, sk } = chainKey(batch, firstLinkOf(book, batch.shardId));
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      FilterExpression: `${isOfTheShard} AND ${overlaps}`,
      ExpressionAttributeValues: {
        ':pk': pk,
        ':from': sk,
        ':to': { S: `${chainPrefix(batch.currency)}~` },
        ':shard': { S: batch.shardId },
        ':first': { S: first },
        ':last': { S: last },
      },
      ConsistentRead: true,
    },
  );
  const folded = new Set<string>();
  for await (const { Items = [] } of pages) {
    for (const { id } of Items.flatMap(transfersOf)) {
      folded.add(id);
    }
  }
  return folded;
}

function transfersOf(item: Record<string, AttributeValue>) {
  return linkFrom(item).transfers;
}
