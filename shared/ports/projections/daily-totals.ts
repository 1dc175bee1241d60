import type { DayTotals } from '../../domain/reports/daily-totals.ts';
import type { ProjectionRows } from './projections.ts';

/** Some of a tenant's days. */
export interface DailyTotalsQuery {
  readonly tenant: string;
  /** The first and the last day, such as `2026-11-21`. */
  readonly from: string;
  readonly to: string;
  /** Null: each. */
  readonly currency: DayTotals['currency'] | null;
  /** 1 to 100. */
  readonly limit: number;
  /** The position (`dayPosition`) behind which to go on; null for the start. */
  readonly after: string | null;
}

/** Reads days, newest first, and within a day by currency from the end of the alphabet. */
export type ListDailyTotals = (
  query: DailyTotalsQuery,
  generation: number,
) => Promise<{ readonly days: readonly DayTotals[]; readonly next: string | null }>;

/**
 * The totals of days. That an event is taken and what it adds change together. Others at work on the same
 * payment or day are no refusal: it is tried again, until a deadline of the adapter's, and then
 * `Contention` is thrown, with nothing written.
 */
export interface DailyTotals extends ProjectionRows {
  readonly list: ListDailyTotals;
}
