import type { PaymentResource } from '../../contracts/payment.ts';
import { matches, type PaymentFilters, positionOf } from './filters.ts';

export interface PaymentPage {
  readonly payments: readonly PaymentResource[];
  /** Where the next page goes on; null when there is nothing behind this one. */
  readonly next: string | null;
}

/** What a page was asked for by. */
export interface PageQuery {
  readonly filters: PaymentFilters;
  readonly limit: number;
  readonly after: string | null;
}

/**
 * The page with one payment as it is known to be now, whatever the index that the page is from knew of it:
 * it is in the page where it belongs there, and is not where it does not.
 */
export function withPayment(
  page: PaymentPage,
  payment: PaymentResource,
  { filters, limit, after }: PageQuery,
): PaymentPage {
  const position = positionOf(payment);
  const isOfPage =
    (after === null || position < after) && (page.next === null || position >= page.next);
  const others = page.payments.filter(({ id }) => id !== payment.id);
  if (!isOfPage || !matches(filters, payment)) {
    return { payments: others, next: page.next };
  }
  const all = [...others, payment].sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1));
  const payments = all.slice(0, limit);
  const last = payments.at(-1);
  return { payments, next: all.length > limit && last ? positionOf(last) : page.next };
}
