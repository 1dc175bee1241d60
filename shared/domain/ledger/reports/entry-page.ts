import { entryPosition, type Transfer } from '../transfer.ts';

/** In which order an account's transfers are listed. */
export type EntryOrder = 'newest first' | 'oldest first';

/**
 * The first `limit` of some transfers in an order, and the position of the last of them when there
 * are more.
 */
export function pageOf(
  transfers: readonly Transfer[],
  limit: number,
  order: EntryOrder,
): { readonly transfers: Transfer[]; readonly next: string | null } {
  const first = order === 'oldest first' ? -1 : 1;
  const ordered = transfers
    .map((transfer) => ({ transfer, position: entryPosition(transfer) }))
    .sort((a, b) => (a.position < b.position ? first : -first));
  const page = ordered.slice(0, limit);
  return {
    transfers: page.map(({ transfer }) => transfer),
    next: ordered.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}
