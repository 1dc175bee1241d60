import { type AccountCode, isAccountCode } from '../../../../domain/ledger/accounts.ts';
import { type BookDeltas, counterNames, latestOf } from '../../../../domain/ledger/book.ts';
import { type ChainHead, genesisHash } from '../../../../domain/ledger/chain.ts';
import type { ShardMark } from '../../../../domain/ledger/fold/fold.ts';
import { type Counters, zeroCounters } from '../../../../domain/ledger/transfer.ts';
import type { Currency } from '../../../../domain/money/currency.ts';
import type { Book, BookDay } from '../../../../ports/ledger.ts';
import type { Image } from '../transfer-item.ts';

/**
 * A book's item is flat, so that ADD makes and raises a counter:
 *
 *     tenant, currency                  of the book
 *     merchant_payable#debits_posted    a counter of an account, N, minor units; and so on
 *     pos#<shard id>                    the last position taken from a shard of the ledger's stream
 *     at#<shard id>                     the time of the latest transfer of the run that ended there
 *     from#<shard id>                   the number of the first link with transfers of that shard
 *     chain_length, chain_hash          how many runs were folded, and the hash of the last link
 *
 * A day's item has the counters of the day's transfers alone.
 */
export function counterAttribute(code: string, counter: string): string {
  return `${code}#${counterNames[counter as keyof Counters]}`;
}

const positionPrefix = 'pos#';
const timePrefix = 'at#';
const firstLinkPrefix = 'from#';

export function shardAttributes(shardId: string) {
  return {
    position: `${positionPrefix}${shardId}`,
    time: `${timePrefix}${shardId}`,
    firstLink: `${firstLinkPrefix}${shardId}`,
  };
}

/** How far a book has come in a shard, by the book's item; null when it has nothing of it. */
export function markOf(item: Image | undefined, shardId: string): ShardMark | null {
  const { position, time } = shardAttributes(shardId);
  const at = item?.[position]?.S;
  return at === undefined ? null : { position: at, time: item?.[time]?.S ?? '' };
}

/** The number of the first link that can have transfers of a shard, by the book's item. */
export function firstLinkOf(item: Image | undefined, shardId: string): number {
  return Number(item?.[shardAttributes(shardId).firstLink]?.S ?? 1);
}

export const chainAttributes = { length: 'chain_length', hash: 'chain_hash' } as const;

/** Where the chain of a book ends, by the book's item; an empty chain before there is one. */
export function headOf(item: Image | undefined): ChainHead {
  return {
    length: Number(item?.[chainAttributes.length]?.N ?? 0),
    hash: item?.[chainAttributes.hash]?.S ?? genesisHash,
  };
}

/**
 * Reads a book from its item. `asOf` is the latest of the shards' times: each of them goes back
 * when a run of the same shard brings only transfers that were stamped earlier than those before
 * it, which the clocks of two functions allow by moments; taking the latest hides what one shard
 * is behind another.
 *
 * @throws Error for a counter that this version does not know: a sum without it would be wrong
 */
export function bookOf(item: Image): Book {
  const times = Object.entries(item)
    .filter(([attribute]) => attribute.startsWith(timePrefix))
    .map(([, value]) => value.S ?? '');
  return {
    tenant: item.tenant?.S ?? '',
    currency: item.currency?.S as Currency,
    accounts: accountsOf(item),
    asOf: latestOf(times),
    chain: headOf(item),
  };
}

/** Reads the totals of a day from its item, as strictly as a book. */
export function bookDayOf(item: Image): BookDay {
  return { day: item.day?.S ?? '', accounts: accountsOf(item) };
}

const counterOf = new Map(
  Object.entries(counterNames).map(([counter, name]) => [name as string, counter]),
);

function accountsOf(item: Image): BookDeltas {
  const accounts: Partial<Record<AccountCode, Counters>> = {};
  for (const [attribute, value] of Object.entries(item)) {
    if (value.N === undefined || attribute === chainAttributes.length) {
      continue;
    }
    const [code = '', name = ''] = attribute.split('#');
    const counter = counterOf.get(name);
    if (!isAccountCode(code) || counter === undefined) {
      throw new Error(`a book has a counter that this version does not know: ${attribute}`);
    }
    accounts[code] = { ...(accounts[code] ?? zeroCounters), [counter]: BigInt(value.N) };
  }
  return accounts;
}

/** A stream keeps its records for 24 hours; twice that, and a shard can bring nothing again. */
const staleAfterMs = 48 * 60 * 60 * 1_000;

/** As many shards' positions as a book keeps without looking for stale ones. */
const shardsKept = 50;

/** As many as go in one write, to stay far within an expression's size. */
const prunedAtOnce = 25;

/**
 * The shards that can bring nothing any more, of a book that has more than 50. Measured against
 * the book's own latest time, which is never ahead of now: so a shard goes late rather than early.
 */
export function staleShards(item: Image): readonly string[] {
  const shards = Object.entries(item)
    .filter(([attribute]) => attribute.startsWith(timePrefix))
    .map(([attribute, value]) => ({
      shardId: attribute.slice(timePrefix.length),
      atMs: Date.parse(value.S ?? ''),
    }));
  if (shards.length <= shardsKept) {
    return [];
  }
  const latestMs = Math.max(...shards.map(({ atMs }) => atMs));
  return shards
    .filter(({ atMs }) => latestMs - atMs > staleAfterMs)
    .slice(0, prunedAtOnce)
    .map(({ shardId }) => shardId);
}
