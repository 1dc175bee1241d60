import type { PaymentFilters } from './filters.ts';

/**
 * Where a search reads, from the narrowest to the widest. Each is in the order of the list, so what is
 * created when narrows all of them.
 */
export type PaymentIndex = 'by_reference' | 'by_customer' | 'by_status' | 'all';

export interface SearchPlan {
  readonly index: PaymentIndex;
  /** True when rows that the index has may yet be none of the search. */
  readonly isFiltered: boolean;
}

/** At most one payment has a reference; a customer has few; a status may have nearly all. */
const narrowestFirst = [
  ['by_reference', 'merchantReference'],
  ['by_customer', 'customer'],
  ['by_status', 'status'],
] as const satisfies readonly (readonly [PaymentIndex, keyof PaymentFilters])[];

/** The narrowest index that has all payments of a search. */
export function planOf(
  filters: PaymentFilters,
  among: readonly PaymentIndex[] = ['by_reference', 'by_customer', 'by_status', 'all'],
): SearchPlan {
  const [index, by] = narrowestFirst.find(
    ([name, filter]) => among.includes(name) && filters[filter] !== undefined,
  ) ?? ['all' as const, null];
  const { createdFrom, createdTo, ...others } = filters;
  const isFiltered = Object.entries(others).some(
    ([filter, value]) => value !== undefined && filter !== by,
  );
  return { index, isFiltered };
}
