import type { Currency } from '../money/currency.ts';
import { type AccountCode, type AccountLimit, limitOf } from './accounts.ts';
import { type BookDeltas, deltasOf } from './book.ts';
import type { Counters, Transfer } from './transfer.ts';

/** What some transfers, written together, do to one limited account. */
export interface LimitChange {
  readonly tenant: string;
  readonly currency: Currency;
  readonly code: AccountCode;
  readonly deltas: Counters;
  /** What they add to what is available, in minor units; the limit may refuse one below 0. */
  readonly availableByMinor: bigint;
}

/**
 * What a limit leaves to take. With `debits_must_not_exceed_credits` a pending debit counts as if it
 * were posted, as it may be, and a pending credit does not count, as it may be voided; with
 * `credits_must_not_exceed_debits` it is the other way round. Source: TigerBeetle, "Account flags".
 */
export function availableOf(counters: Counters, limit: AccountLimit): bigint {
  const { debitsPending, debitsPosted, creditsPending, creditsPosted } = counters;
  return limit === 'credits_must_not_exceed_debits'
    ? debitsPosted - creditsPosted - creditsPending
    : creditsPosted - debitsPosted - debitsPending;
}

/** The changes of the limited accounts that some transfers touch, one an account. */
export function limitChanges(transfers: readonly Transfer[]): LimitChange[] {
  const byBook = Map.groupBy(transfers, ({ tenant, currency }) => `${tenant}#${currency}`);
  return [...byBook.values()].flatMap((ofBook) => {
    const { tenant, currency } = ofBook[0] as Transfer;
    const deltas: BookDeltas = deltasOf({ tenant, currency }, ofBook);
    return Object.entries(deltas).flatMap(([name, counters]): LimitChange[] => {
      const code = name as AccountCode;
      const limit = limitOf(code);
      return limit
        ? [
            {
              tenant,
              currency,
              code,
              deltas: counters,
              availableByMinor: availableOf(counters, limit),
            },
          ]
        : [];
    });
  });
}
