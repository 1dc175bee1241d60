import type { Currency } from '../../money/currency.ts';
import { addDeltas, type BookDeltas, deltasOf, latestOf } from '../book.ts';
import { type ChainHead, type ChainLink, linkOf } from '../chain.ts';
import { dayOf, type Transfer } from '../transfer.ts';
import type { Run } from './sequence.ts';

/** All that folding one run of a shard changes in its book, in one write. */
export interface FoldedRun {
  readonly link: ChainLink;
  /** What it adds to the balances. */
  readonly deltas: BookDeltas;
  /** What of that is of which UTC day, by the transfers' time. */
  readonly days: ReadonlyMap<string, BookDeltas>;
  /** The time of the latest of its transfers. */
  readonly time: string;
}

/**
 * Folds a run that is not empty behind the head of its book's chain.
 *
 * @throws Error when a transfer is not of this book
 */
export function foldRun(
  book: { readonly tenant: string; readonly currency: Currency },
  shardId: string,
  run: Run<{ readonly transfer: Transfer }>,
  head: ChainHead,
): FoldedRun {
  const transfers = run.records.map(({ transfer }) => transfer);
  const byDay = Map.groupBy(transfers, dayOf);
  const days = new Map([...byDay].map(([day, ofDay]) => [day, deltasOf(book, ofDay)]));
  return {
    link: {
      ...linkOf(head.hash, transfers),
      number: head.length + 1,
      shardId,
      firstPosition: run.first,
      lastPosition: run.last,
    },
    deltas: [...days.values()].reduce(addDeltas, {}),
    days,
    time: latestOf(transfers.map(({ time }) => time)),
  };
}

/** How far a book has come in a shard of the ledger's stream. */
export interface ShardMark {
  /** Up to it, all of the shard is in the book, or was given up by the stream. */
  readonly position: string;
  /** The time of the latest transfer of the run that ended there. */
  readonly time: string;
}

/**
 * How far a book has come in a shard once a run of it is folded. A run that was given up may lie
 * before what was taken since; what lies behind that is the stream's to bring.
 *
 * @param before null when nothing of the shard was in the book
 */
export function markAfter(before: ShardMark | null, { link, time }: FoldedRun): ShardMark {
  return before !== null && before.position >= link.lastPosition
    ? { position: before.position, time: latestOf([before.time, time]) }
    : { position: link.lastPosition, time };
}
