import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { deltasOf, latestOf } from '../../../domain/ledger/book.ts';
import { type Run, untakenRun } from '../../../domain/ledger/sequence.ts';
import type { Book, Books, FoldIntoBook, StreamedTransfer } from '../../../ports/ledger.ts';
import { bookOf, counterAttribute, type Image, shardAttributes, staleShards } from './book-item.ts';

type Batch = Parameters<FoldIntoBook>[0];

/**
 * The open balances on DynamoDB: `TENANT#<tenant> / BOOK#<currency>`, one item a book, in the form
 * that `book-item.ts` describes. Reads are strongly consistent.
 */
export function dynamoBooks(client: DynamoDBClient, table: string): Books {
  return {
    fold: (batch) => fold(client, table, batch),
    read: async (tenant, currency) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: keyOf({ tenant, currency }),
          ConsistentRead: true,
        }),
      );
      return Item ? bookOf(Item) : null;
    },
    readAll: async (tenant) => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :tenant AND begins_with(sk, :books)',
          ExpressionAttributeValues: {
            ':tenant': { S: `TENANT#${tenant}` },
            ':books': { S: 'BOOK#' },
          },
          ConsistentRead: true,
        },
      );
      const books: Book[] = [];
      for await (const page of pages) {
        books.push(...(page.Items ?? []).map(bookOf));
      }
      return books;
    },
  };
}

/**
 * One shard's records come again, cut in other ways, while an earlier try may still be in flight
 * (its function timed out, the network did not):
 *
 *     A  take 1..10 if position < 1    ------- written -------> position 10
 *     B     take 1..5 if position < 1     ---- refused, position is 10 ----> nothing is left
 *     C        take 6..15 if position < 6    ---- refused, position is 10 ---->
 *              take 11..15 if position = 10  ---- written ----> position 15
 *
 * The position and the counters change in one write, so a record counts exactly when the position
 * passes it. It rests on Lambda giving a shard's records in their order the first time, and never
 * a later one before an earlier one was taken or given up to the on-failure queue.
 */
async function fold(
  client: DynamoDBClient,
  table: string,
  batch: Batch,
): Promise<'folded' | 'already_folded'> {
  let taken: string | null = null;
  // Each refusal shows a position beyond the last one seen, so the run shrinks and this ends.
  for (;;) {
    const run: Run<StreamedTransfer> | null = untakenRun(batch.transfers, taken);
    if (run === null) {
      return 'already_folded';
    }
    try {
      const after = await take(client, table, batch, run, taken);
      await prune(client, table, batch, after);
      return 'folded';
    } catch (error) {
      const position = refusedAt(error, batch.shardId);
      if (position === undefined || (taken !== null && position <= taken)) {
        throw error;
      }
      taken = position;
    }
  }
}

/** Adds a run to its book in one write that reads nothing first; returns the item after it. */
async function take(
  client: DynamoDBClient,
  table: string,
  batch: Batch,
  run: Run<StreamedTransfer>,
  taken: string | null,
): Promise<Image> {
  const transfers = run.records.map(({ transfer }) => transfer);
  const counters = Object.entries(deltasOf(batch, transfers)).flatMap(([code, deltas]) =>
    Object.entries(deltas).map(([counter, byMinor]) => ({
      attribute: counterAttribute(code, counter),
      byMinor,
    })),
  );
  const shard = shardAttributes(batch.shardId);
  const shardIsNew = 'attribute_not_exists(#position)';
  const runIsAllNew = '#position < :first';
  const positionIsStillAsSeen = '#position = :taken';
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: keyOf(batch),
      UpdateExpression: [
        'SET #position = :last, #time = :time, #tenant = :tenant, #currency = :currency',
        `ADD ${counters.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
      ].join(' '),
      ConditionExpression:
        taken === null ? `${shardIsNew} OR ${runIsAllNew}` : positionIsStillAsSeen,
      ExpressionAttributeNames: {
        '#position': shard.position,
        '#time': shard.time,
        '#tenant': 'tenant',
        '#currency': 'currency',
        ...Object.fromEntries(counters.map(({ attribute }, index) => [`#c${index}`, attribute])),
      },
      ExpressionAttributeValues: {
        ...(taken === null ? { ':first': { S: run.first } } : { ':taken': { S: taken } }),
        ':last': { S: run.last },
        ':time': { S: latestOf(transfers.map(({ time }) => time)) },
        ':tenant': { S: batch.tenant },
        ':currency': { S: batch.currency },
        ...Object.fromEntries(
          counters.map(({ byMinor }, index) => [`:c${index}`, { N: String(byMinor) }]),
        ),
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  return Attributes ?? {};
}

/** The shard's position in the book that refused a run; undefined for any other error. */
function refusedAt(error: unknown, shardId: string): string | undefined {
  return error instanceof ConditionalCheckFailedException
    ? error.Item?.[shardAttributes(shardId).position]?.S
    : undefined;
}

/**
 * A table's stream gets new shards every few hours for ever, and a book keeps a position of each.
 * Those that can bring nothing any more go, so that the item stays small:
 *
 *     A  prune s1, last seen at 7, if position = 7    ---------- refused: it stays
 *     B     take 8..9 of s1                      ---- written ----> position 9
 *
 * Best effort: what is refused here is pruned after another fold.
 */
async function prune(
  client: DynamoDBClient,
  table: string,
  batch: Batch,
  item: Image,
): Promise<void> {
  const stale = staleShards(item);
  if (stale.length === 0) {
    return;
  }
  const nothingCameSince = stale.map((_, index) => `#p${index} = :p${index}`).join(' AND ');
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(batch),
        UpdateExpression: `REMOVE ${stale.map((_, index) => `#p${index}, #t${index}`).join(', ')}`,
        ConditionExpression: nothingCameSince,
        ExpressionAttributeNames: Object.fromEntries(
          stale.flatMap(({ shardId }, index) => [
            [`#p${index}`, shardAttributes(shardId).position],
            [`#t${index}`, shardAttributes(shardId).time],
          ]),
        ),
        ExpressionAttributeValues: Object.fromEntries(
          stale.map(({ position }, index) => [`:p${index}`, { S: position }]),
        ),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
  }
}

function keyOf(book: { readonly tenant: string; readonly currency: string }) {
  return { pk: { S: `TENANT#${book.tenant}` }, sk: { S: `BOOK#${book.currency}` } };
}
