import type { PaymentResource } from '../contracts/payment.ts';

/**
 * Takes a payment as an event left it into the list, unless the list has seen a later version:
 * events may come twice and in any order.
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

export interface PaymentList {
  readonly project: ProjectPayment;
  readonly list: ListPayments;
}
