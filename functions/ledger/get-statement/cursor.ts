import { ApiError } from '../../../shared/contracts/errors.ts';
import type { Balances } from '../../../shared/domain/ledger/reports/statement.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { Period } from '../../../shared/runtime/http/lists/period.ts';

/**
 * A statement as far as it was read. A cursor carries all of it, so that every page has the same
 * opening and closing, and only the first has to add up the days.
 */
export interface Progress extends Period {
  readonly accountId: string;
  readonly asOf: string;
  readonly opening: Balances;
  readonly closing: Balances;
  /** The position of the last entry read; null before the first. */
  readonly position: string | null;
  /** The balances after that entry. */
  readonly balances: Balances;
}

const day = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`${day}T\d\d:\d\d:\d\d\.\d{3}Z`;
const position = String.raw`${time}#\d\d#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`;
const form = new RegExp(
  String.raw`^[a-z_]+\.[A-Z]{3}\|${day}\|${day}\|${time}\|${position}(?:\|-?\d{1,30}){6}$`,
);

/** What a client passes on to get the next page, of which it makes nothing. */
export function encodeProgress(progress: Progress): string | null {
  const { accountId, from, to, asOf, opening, closing, position: at, balances } = progress;
  const sums = [opening, closing, balances].flatMap(({ postedMinor, pendingMinor }) => [
    postedMinor,
    pendingMinor,
  ]);
  return cursorOf([accountId, from, to, asOf, at, ...sums].join('|'));
}

/**
 * How far the page before came; null for the first page.
 *
 * @throws ApiError `invalid_request` for a cursor that a statement never gave out, or one of another
 *   account, or of another period than the one that is asked for with it
 */
export function decodeProgress(
  cursor: string | undefined,
  accountId: string,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
): Progress | null {
  const text = positionOf(cursor, form);
  if (text === null) {
    return null;
  }
  const [id, from = '', to = '', asOf = '', at = '', ...sums] = text.split('|');
  if (id !== accountId || (asked.from ?? from) !== from || (asked.to ?? to) !== to) {
    throw new ApiError('invalid_request', 'The cursor is of another statement.', {
      errors: [{ path: '?/cursor', message: 'is of another account or another period' }],
    });
  }
  const balancesAt = (index: number) => ({
    postedMinor: BigInt(sums[index] ?? 0),
    pendingMinor: BigInt(sums[index + 1] ?? 0),
  });
  return {
    accountId,
    from,
    to,
    asOf,
    opening: balancesAt(0),
    closing: balancesAt(2),
    position: at,
    balances: balancesAt(4),
  };
}
