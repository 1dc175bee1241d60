import { createHash } from 'node:crypto';
import type { PaymentResource } from '../../contracts/payment.ts';

/** What payments are looked for by; what is absent is not asked for. All of them have to be met. */
export interface PaymentFilters {
  readonly status?: PaymentResource['status'] | undefined;
  readonly merchantReference?: string | undefined;
  readonly customer?: string | undefined;
  readonly currency?: string | undefined;
  /** Minor units, each end among them. */
  readonly amountMin?: number | undefined;
  readonly amountMax?: number | undefined;
  /** RFC 3339, UTC, milliseconds. The first is among them, the second is not. */
  readonly createdFrom?: string | undefined;
  readonly createdTo?: string | undefined;
}

export const noFilters: PaymentFilters = {};

export function matches(filters: PaymentFilters, payment: PaymentResource): boolean {
  const is = <T>(asked: T | undefined, value: T | null) => asked === undefined || asked === value;
  return (
    is(filters.status, payment.status) &&
    is(filters.merchantReference, payment.merchant_reference) &&
    is(filters.customer, payment.customer) &&
    is(filters.currency, payment.currency) &&
    (filters.amountMin === undefined || payment.amount >= filters.amountMin) &&
    (filters.amountMax === undefined || payment.amount <= filters.amountMax) &&
    (filters.createdFrom === undefined || payment.created >= filters.createdFrom) &&
    (filters.createdTo === undefined || payment.created < filters.createdTo)
  );
}

/** Where a payment stands in every list: newest first is by this, descending. It never changes. */
export function positionOf({ created, id }: Pick<PaymentResource, 'created' | 'id'>): string {
  return `${created}#${id}`;
}

/** Tells cursors of one search from those of another; empty without filters. */
export function fingerprintOf(filters: PaymentFilters): string {
  const asked = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return asked.length === 0
    ? ''
    : createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}
