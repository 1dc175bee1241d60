import type { PaymentResource } from '../../contracts/payment.ts';
import type { Taken } from '../../domain/projection/taken.ts';
import type { PageQuery, PaymentPage } from '../../domain/search/page.ts';
import type { ProjectionRows } from './projections.ts';

/** What of an event the list takes: whose it is, and the payment as the event left it. */
export interface ListedEvent {
  readonly tenant: string;
  readonly data: { readonly payment: PaymentResource };
}

/** Where the payment in a row of the list was, by what it is found by. */
export interface ListedPayment {
  readonly id: string;
  readonly tenant: string;
  /** RFC 3339, the payment's own. */
  readonly created: string;
}

/** A search examines at most so many rows in one request; a page can end there, before it is full. */
export const mostExamined = 1_000;

/** Reads the payments of a tenant that a search is for, newest first. `limit` is 1 to 100. */
export type ListPayments = (query: PageQuery & { readonly tenant: string }) => Promise<PaymentPage>;

/** A payment as the list has it, strongly consistent; null when it has not come there. */
export type FindListed = (payment: ListedPayment) => Promise<PaymentResource | null>;

/**
 * Which events of payments the list has taken, by the payment's id. A payment of which it has taken none
 * is not in it. At most 100 payments at a time.
 */
export type TakenEvents = (
  payments: readonly ListedPayment[],
) => Promise<ReadonlyMap<string, Taken>>;

/**
 * The payment list: rows in every generation, read from the live one. An event leaves a row with the
 * payment of the latest event that has come, and keeps in mind which have.
 */
export interface PaymentList extends ProjectionRows<ListedEvent> {
  readonly list: ListPayments;
  readonly find: FindListed;
  readonly taken: TakenEvents;
}
