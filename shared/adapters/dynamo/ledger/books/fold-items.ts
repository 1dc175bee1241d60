import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { BookDeltas } from '../../../../domain/ledger/book.ts';
import { type FoldedRun, markAfter } from '../../../../domain/ledger/fold/fold.ts';
import type { BookBatch } from '../../../../ports/ledger.ts';
import type { Image } from '../transfer-item.ts';
import {
  chainAttributes,
  counterAttribute,
  markOf,
  shardAttributes,
  staleShards,
} from './book-item.ts';
import { bookKey, chainKey, dayKey } from './book-keys.ts';
import { linkAttributes } from './chain-item.ts';

/**
 * What one transaction changes when a run is folded: the book, which comes first, the next link of
 * its chain, and the days.
 *
 * @param before the book as it was read; the transaction is refused when it has changed since
 */
export function foldItems(
  table: string,
  batch: BookBatch,
  folded: FoldedRun,
  before: Image | undefined,
): TransactWriteItem[] {
  return [
    bookUpdate(table, batch, folded, before),
    newLink(table, batch, folded),
    ...[...folded.days].map(([day, deltas]) => dayUpdate(table, batch, day, deltas)),
  ];
}

/**
 * Adds a run to the balances, and forgets the shards that can bring nothing any more: a table's
 * stream gets new shards every few hours for ever, and the item has to stay small.
 */
function bookUpdate(
  table: string,
  batch: BookBatch,
  folded: FoldedRun,
  before: Image | undefined,
): TransactWriteItem {
  const { link, deltas } = folded;
  const shard = shardAttributes(batch.shardId);
  const mark = markOf(before, batch.shardId);
  const { position, time } = markAfter(mark, folded);
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
        mark === null ? ', #from = :from' : '',
        ', #tenant = :tenant, #currency = :currency',
        add.expression,
        stale.length === 0
          ? ''
          : `REMOVE ${stale.map((_, i) => `#p${i}, #t${i}, #f${i}`).join(', ')}`,
      ].join(' '),
      ConditionExpression: link.number === 1 ? bookIsNew : unchangedSinceRead,
      ExpressionAttributeNames: {
        '#position': shard.position,
        '#time': shard.time,
        ...(mark === null ? { '#from': shard.firstLink } : {}),
        '#length': chainAttributes.length,
        '#hash': chainAttributes.hash,
        '#tenant': 'tenant',
        '#currency': 'currency',
        ...add.names,
        ...Object.fromEntries(
          stale.flatMap((names, i) => [
            [`#p${i}`, names.position],
            [`#t${i}`, names.time],
            [`#f${i}`, names.firstLink],
          ]),
        ),
      },
      ExpressionAttributeValues: {
        ...(link.number === 1 ? {} : { ':lengthRead': { N: String(link.number - 1) } }),
        ':position': { S: position },
        ':time': { S: time },
        ...(mark === null ? { ':from': { S: String(link.number) } } : {}),
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
