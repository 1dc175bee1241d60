import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { BookDeltas } from '../../../../domain/ledger/book.ts';
import { type FoldedRun, foldRun } from '../../../../domain/ledger/fold/fold.ts';
import { untakenRun } from '../../../../domain/ledger/fold/sequence.ts';
import type { BookBatch } from '../../../../ports/ledger.ts';
import { type Patience, transact } from '../../transact.ts';
import type { Image } from '../transfer-item.ts';
import {
  chainAttributes,
  counterAttribute,
  headOf,
  shardAttributes,
  staleShards,
} from './book-item.ts';
import { bookKey, chainKey, dayKey } from './book-keys.ts';
import { linkAttributes } from './chain-item.ts';

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
export async function foldBatch(
  client: DynamoDBClient,
  table: string,
  batch: BookBatch,
): Promise<'folded' | 'already_folded'> {
  const shard = shardAttributes(batch.shardId);
  let before = await readBook(client, table, batch);
  // Each refusal shows a longer chain, so somebody folds each time round.
  for (;;) {
    const run = untakenRun(batch.transfers, before?.[shard.position]?.S ?? null);
    if (run === null) {
      return 'already_folded';
    }
    const head = headOf(before);
    const folded = foldRun(batch, batch.shardId, run, head);
    const answer = await transact(
      client,
      [
        bookUpdate(table, batch, folded, before),
        newLink(table, batch, folded),
        ...[...folded.days].map(([day, deltas]) => dayUpdate(table, batch, day, deltas)),
      ],
      patience,
    );
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
 * Adds a run to the balances, and forgets the shards that can bring nothing any more: a table's
 * stream gets new shards every few hours for ever, and the item has to stay small.
 */
function bookUpdate(
  table: string,
  batch: BookBatch,
  { link, deltas, time }: FoldedRun,
  before: Image | undefined,
): TransactWriteItem {
  const shard = shardAttributes(batch.shardId);
  const after = { ...before, [shard.time]: { S: time } };
  const stale = staleShards(after)
    .filter((shardId) => shardId !== batch.shardId)
    .map(shardAttributes);
  const bookIsNew = 'attribute_not_exists(#length)';
  const unchangedSinceRead = '#length = :lengthRead';
  const add = counterAdditions(deltas);
  return {
    Update: {
      TableName: table,
      Key: bookKey(batch),
      UpdateExpression: [
        'SET #position = :position, #time = :time, #length = :length, #hash = :hash',
        ', #tenant = :tenant, #currency = :currency',
        add.expression,
        stale.length === 0 ? '' : `REMOVE ${stale.map((_, i) => `#p${i}, #t${i}`).join(', ')}`,
      ].join(' '),
      ConditionExpression: link.number === 1 ? bookIsNew : unchangedSinceRead,
      ExpressionAttributeNames: {
        '#position': shard.position,
        '#time': shard.time,
        '#length': chainAttributes.length,
        '#hash': chainAttributes.hash,
        '#tenant': 'tenant',
        '#currency': 'currency',
        ...add.names,
        ...Object.fromEntries(
          stale.flatMap(({ position, time: at }, i) => [
            [`#p${i}`, position],
            [`#t${i}`, at],
          ]),
        ),
      },
      ExpressionAttributeValues: {
        ...(link.number === 1 ? {} : { ':lengthRead': { N: String(link.number - 1) } }),
        ':position': { S: link.lastPosition },
        ':time': { S: time },
        ':length': { N: String(link.number) },
        ':hash': { S: link.hash },
        ':tenant': { S: batch.tenant },
        ':currency': { S: batch.currency },
        ...add.values,
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** No link is ever written over, whatever the book says. */
function newLink(table: string, batch: BookBatch, { link }: FoldedRun): TransactWriteItem {
  const isNotThere = 'attribute_not_exists(pk)';
  return {
    Put: {
      TableName: table,
      Item: {
        ...chainKey(batch, link.number),
        tenant: { S: batch.tenant },
        currency: { S: batch.currency },
        ...linkAttributes(link),
      },
      ConditionExpression: isNotThere,
    },
  };
}

function dayUpdate(
  table: string,
  batch: BookBatch,
  day: string,
  deltas: BookDeltas,
): TransactWriteItem {
  const add = counterAdditions(deltas);
  return {
    Update: {
      TableName: table,
      Key: dayKey(batch, day),
      UpdateExpression: `SET #tenant = :tenant, #currency = :currency, #day = :day ${add.expression}`,
      ExpressionAttributeNames: {
        '#tenant': 'tenant',
        '#currency': 'currency',
        '#day': 'day',
        ...add.names,
      },
      ExpressionAttributeValues: {
        ':tenant': { S: batch.tenant },
        ':currency': { S: batch.currency },
        ':day': { S: day },
        ...add.values,
      },
    },
  };
}

/** The part of an update that adds deltas to the counters of their accounts. */
function counterAdditions(deltas: BookDeltas) {
  const counters = Object.entries(deltas).flatMap(([code, byCounter]) =>
    Object.entries(byCounter).map(([counter, byMinor]) => ({
      attribute: counterAttribute(code, counter),
      byMinor,
    })),
  );
  return {
    expression: `ADD ${counters.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
    names: Object.fromEntries(counters.map(({ attribute }, index) => [`#c${index}`, attribute])),
    values: Object.fromEntries(
      counters.map(({ byMinor }, index) => [`:c${index}`, { N: String(byMinor) }]),
    ),
  };
}
