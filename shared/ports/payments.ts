import type { PaymentEvent } from '../contracts/events/payment-events.ts';
import type { PaymentChange } from '../domain/payment/change.ts';
import type { SweepKind } from '../domain/payment/recovery/sweep.ts';
import type { Payment } from '../domain/payment/state.ts';
import type { EventPage, EventPageQuery } from './event-page.ts';

/**
 * What became of writing a payment's first change:
 * - `accepted`: it was written
 * - `exists`: the payment was there; here is its first event
 * - `reference_taken`: another payment of the tenant has the merchant reference; nothing written
 */
export type AcceptResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'exists'; readonly first: PaymentEvent }
  | { readonly kind: 'reference_taken'; readonly paymentId: string };

/** Writes a payment's first change in one network call, or says why not. */
export type AcceptPayment = (change: PaymentChange) => Promise<AcceptResult>;

/**
 * Writes a further change (state, event and transfers) in one transaction, if the payment is still
 * at the version before it; else `conflict`, and nothing is written.
 */
export type AppendPayment = (change: PaymentChange) => Promise<'written' | 'conflict'>;

/** The payment's present state, strongly consistent; null when there is none. */
export type LoadPayment = (id: string) => Promise<Payment | null>;

/** The payment's events in their order, from the first: all of them, however many. */
export type ListPaymentEvents = (id: string) => Promise<readonly PaymentEvent[]>;

/** One of the payment's events by its number, strongly consistent; null when there is none. */
export type LoadPaymentEvent = (id: string, sequence: number) => Promise<PaymentEvent | null>;

/** A part of the payment's events, oldest first, strongly consistent. */
export type PagePaymentEvents = (query: EventPageQuery) => Promise<EventPage<PaymentEvent>>;

/**
 * The payment's state as a version left it, folded from the nearest snapshot; null when it has not come
 * so far, or there is none.
 */
export type LoadPaymentAt = (id: string, version: number) => Promise<Payment | null>;

/**
 * The ids of payments that are due for a sweeper at a time (RFC 3339), for what it has to do, the
 * longest due first, at most so many. Follows the payments within moments.
 */
export type ListDuePayments = (
  kind: SweepKind,
  at: string,
  limit: number,
) => Promise<readonly string[]>;

/**
 * The ids of payments of which something waits for a person, the longest first. Follows the payments
 * within moments.
 *
 * @returns `next`: where the page ended, behind a payment of it; null for the last page
 */
export type ListParkedPayments = (query: {
  /** Whose payments; null: everybody's. */
  readonly tenant: string | null;
  /** At most so many. */
  readonly limit: number;
  /** Where the page before ended; null for the first. */
  readonly after: string | null;
}) => Promise<{ readonly ids: readonly string[]; readonly next: string | null }>;

/** The id of the tenant's payment that has a merchant reference; null when none has. Strongly consistent. */
export type FindByReference = (tenant: string, reference: string) => Promise<string | null>;

/** How far a payment has come, for who compares that with what others know of it. */
export interface ScannedPayment {
  readonly id: string;
  readonly tenant: string;
  /** RFC 3339. */
  readonly created: string;
  readonly version: number;
}

/**
 * A part of all payments of all tenants, in no order. Reads all that is stored: for what runs seldom.
 * Those that are written meanwhile may be missing, or not be at their latest.
 *
 * @param after where the part before ended; null for the first
 * @param isConsistent true: what was written before the first part is in one of them, at twice the cost
 * @returns `next`: where this one ended; null for the last
 */
export type ScanPayments = (
  after: string | null,
  isConsistent?: boolean,
) => Promise<{ readonly payments: readonly ScannedPayment[]; readonly next: string | null }>;

/** The event store of payments, which is also the outbox. */
export interface PaymentStore {
  readonly accept: AcceptPayment;
  readonly append: AppendPayment;
  readonly load: LoadPayment;
  readonly events: ListPaymentEvents;
  readonly due: ListDuePayments;
  readonly parked: ListParkedPayments;
  readonly byReference: FindByReference;
  readonly scan: ScanPayments;
}

/** What a payment was: read by who looks back, and never by who moves it. */
export interface PaymentHistory {
  readonly event: LoadPaymentEvent;
  readonly eventPage: PagePaymentEvents;
  readonly stateAt: LoadPaymentAt;
}
