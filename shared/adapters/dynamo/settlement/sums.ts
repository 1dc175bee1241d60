import { type PostedSums, settlementPostings } from '../../../domain/settlement/postings.ts';

/** Sums as JSON has them here: decimal text, as they may be beyond 2^53. */
export type StoredSums = Readonly<Record<string, string>>;

export function storedSums(sums: PostedSums): StoredSums {
  return Object.fromEntries(settlementPostings.map((posting) => [posting, String(sums[posting])]));
}

export function sumsOf(stored: StoredSums): PostedSums {
  return Object.fromEntries(
    settlementPostings.map((posting) => [posting, BigInt(stored[posting] ?? 0)]),
  ) as PostedSums;
}
