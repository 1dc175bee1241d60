import { type AccountCode, isAccountCode } from '../../../domain/ledger/accounts.ts';
import { counterNames, exact } from '../../../domain/ledger/book.ts';
import { type Counters, zeroCounters } from '../../../domain/ledger/transfer.ts';
import type { Currency } from '../../../domain/money.ts';
import type { Book } from '../../../ports/ledger.ts';
import type { Image } from './ledger-items.ts';

export type { Image };

/**
 * A book's item is flat, so that ADD makes and raises a counter without a read before it:
 *
 *     tenant, currency                  of the book
 *     merchant_payable#debits_posted    a counter of an account, N, minor units; and so on
 *     pos#<shard id>                    the last position taken from a shard of the ledger's stream
 *     at#<shard id>                     the time of the latest transfer of the run that ended there
 */
export function counterAttribute(code: string, counter: string): string {
  return `${code}#${counterNames[counter as keyof Counters]}`;
}

const positionPrefix = 'pos#';
const timePrefix = 'at#';

export function shardAttributes(shardId: string) {
  return { position: `${positionPrefix}${shardId}`, time: `${timePrefix}${shardId}` };
}

const counterOf = new Map(
  Object.entries(counterNames).map(([counter, name]) => [name as string, counter]),
);

/**
 * Reads a book from its item. `asOf` is the latest of the shards' times: each of them goes back
 * when a run of the same shard brings only transfers that were stamped earlier than those before
 * it, which the clocks of two functions allow by moments; taking the latest hides what one shard
 * is behind another.
 *
 * @throws Error for a counter that this version does not know: a sum without it would be wrong
 */
export function bookOf(item: Image): Book {
  const accounts: Partial<Record<AccountCode, Counters>> = {};
  let asOf = '';
  for (const [attribute, value] of Object.entries(item)) {
    if (value.S !== undefined) {
      if (attribute.startsWith(timePrefix) && value.S > asOf) {
        asOf = value.S;
      }
      continue;
    }
    const [code = '', name = ''] = attribute.split('#');
    const counter = counterOf.get(name);
    if (!isAccountCode(code) || counter === undefined) {
      throw new Error(`a book has a counter that this version does not know: ${attribute}`);
    }
    accounts[code] = { ...(accounts[code] ?? zeroCounters), [counter]: exact(Number(value.N)) };
  }
  return { tenant: item.tenant?.S ?? '', currency: item.currency?.S as Currency, accounts, asOf };
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
export function staleShards(
  item: Image,
): readonly { readonly shardId: string; readonly position: string }[] {
  const shards = Object.entries(item)
    .filter(([attribute]) => attribute.startsWith(positionPrefix))
    .map(([attribute, value]) => {
      const shardId = attribute.slice(positionPrefix.length);
      return {
        shardId,
        position: value.S ?? '',
        atMs: Date.parse(item[shardAttributes(shardId).time]?.S ?? ''),
      };
    });
  if (shards.length <= shardsKept) {
    return [];
  }
  const latestMs = Math.max(...shards.map(({ atMs }) => atMs));
  return shards
    .filter(({ atMs }) => latestMs - atMs > staleAfterMs)
    .slice(0, prunedAtOnce)
    .map(({ shardId, position }) => ({ shardId, position }));
}
