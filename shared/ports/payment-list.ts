import type { PaymentResource } from '../contracts/payment.ts';

/**
 * Takes a payment as an event left it into the list, unless the list has seen a later version:
 * events may come twice and in any order. Keeps in mind which have come.
 */
export type ProjectPayment = (row: {
  readonly tenant: string;
  readonly payment: PaymentResource;
}) => Promise<'projected' | 'not_newer'>;

/** Reads the list, newest first. */
export type ListPayments = (query: {
  readonly tenant: string;
  readonly status?: PaymentResource['status'];
  /** 1 to 100. */
  readonly limit: number;
  /** The position after which to go on; null for the start. */
  readonly after: string | null;
}) => Promise<{ readonly payments: readonly PaymentResource[]; readonly next: string | null }>;

/** A row of the list, by what it is found by. */
export interface ListedPayment {
  readonly id: string;
  readonly tenant: string;
  /** RFC 3339, the payment's own. */
  readonly created: string;
}

/**
 * Which events of payments the list has taken: their sequences, by the payment's id. A payment of which
 * it has taken none is not in it. At most 100 payments at a time.
 */
export type TakenEvents = (
  payments: readonly ListedPayment[],
) => Promise<ReadonlyMap<string, ReadonlySet<number>>>;

export interface PaymentList {
  readonly project: ProjectPayment;
  readonly list: ListPayments;
  readonly taken: TakenEvents;
}
