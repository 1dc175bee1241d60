import type { PayoutEvent } from '../../contracts/events/payout-events.ts';
import type { PayoutResource } from '../../contracts/payouts/payouts.ts';
import type { PayoutChange } from '../../domain/payout/change.ts';
import type { Payout } from '../../domain/payout/state.ts';
import type { PayoutSweepKind } from '../../domain/payout/sweep.ts';
import type { EventPage, EventPageQuery } from '../event-page.ts';
import type { ScannedPayment } from '../payments.ts';

/**
 * What became of writing a payout's first change:
 * - `accepted`: it was written
 * - `exists`: the payout was there; here is its first event
 */
export type AcceptPayoutResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'exists'; readonly first: PayoutEvent };

/** Writes a payout's first change in one network call, or says why not. */
export type AcceptPayout = (change: PayoutChange) => Promise<AcceptPayoutResult>;

/**
 * Writes a further change (state, event and transfers) in one transaction:
 * - `written`
 * - `conflict`: nothing; the payout is not at the version before it any more
 * - `insufficient_funds`: nothing; a transfer takes more than is available, and nothing else is in
 *   the way. Others at work on the same account are no reason: those are waited for
 */
export type AppendPayout = (
  change: PayoutChange,
) => Promise<'written' | 'conflict' | 'insufficient_funds'>;

/** The payout's present state, strongly consistent; null when there is none. */
export type LoadPayout = (id: string) => Promise<Payout | null>;

/** The payout's events in their order, from the first: all of them, however many. */
export type ListPayoutEvents = (id: string) => Promise<readonly PayoutEvent[]>;

/** One of the payout's events by its number, strongly consistent; null when there is none. */
export type LoadPayoutEvent = (id: string, sequence: number) => Promise<PayoutEvent | null>;

/** A part of the payout's events, oldest first, strongly consistent. */
export type PagePayoutEvents = (query: EventPageQuery) => Promise<EventPage<PayoutEvent>>;

/**
 * The payout's state as a version left it, folded from the nearest snapshot; null when it has not come
 * so far, or there is none.
 */
export type LoadPayoutAt = (id: string, version: number) => Promise<Payout | null>;

/** Reads a tenant's payouts as they are now, newest first, strongly consistent. */
export type ListPayouts = (query: {
  readonly tenant: string;
  /** 1 to 100. */
  readonly limit: number;
  /** The position after which to go on; null for the start. */
  readonly after: string | null;
}) => Promise<{ readonly payouts: readonly PayoutResource[]; readonly next: string | null }>;

/**
 * The ids of payouts that are due for a sweeper at a time (RFC 3339), for what it has to do, the
 * longest due first, at most so many. Follows the payouts within moments.
 */
export type ListDuePayouts = (
  kind: PayoutSweepKind,
  at: string,
  limit: number,
) => Promise<readonly string[]>;

/**
 * The ids of payouts that wait for a person, the longest first. Follows the payouts within moments.
 *
 * @returns `next`: where the page ended, behind a payout of it; null for the last page
 */
export type ListParkedPayouts = (query: {
  /** Whose payouts; null: everybody's. */
  readonly tenant: string | null;
  /** At most so many. */
  readonly limit: number;
  /** Where the page before ended; null for the first. */
  readonly after: string | null;
}) => Promise<{ readonly ids: readonly string[]; readonly next: string | null }>;

/**
 * A part of all payouts of all tenants, in no order. Reads all that is stored: for what runs seldom.
 * Those that are written meanwhile may be missing, or not be at their latest.
 *
 * @param after where the part before ended; null for the first
 * @returns `next`: where this one ended; null for the last
 */
export type ScanPayouts = (
  after: string | null,
) => Promise<{ readonly payouts: readonly ScannedPayment[]; readonly next: string | null }>;

/** The event store of payouts, which is also the outbox and the list. */
export interface PayoutStore {
  readonly accept: AcceptPayout;
  readonly append: AppendPayout;
  readonly load: LoadPayout;
  readonly events: ListPayoutEvents;
  readonly list: ListPayouts;
  readonly due: ListDuePayouts;
  readonly parked: ListParkedPayouts;
  readonly scan: ScanPayouts;
}

/** What a payout was: read by who looks back, and never by who moves it. */
export interface PayoutHistory {
  readonly event: LoadPayoutEvent;
  readonly eventPage: PagePayoutEvents;
  readonly stateAt: LoadPayoutAt;
}
