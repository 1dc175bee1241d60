import * as z from 'zod/mini';
import { Sum } from './ledger.ts';
import { CurrencyCode, Timestamp } from './payment.ts';

const Count = z.int().check(z.gte(0));

/** How many, and how much together in minor units. */
const Tally = z.object({ count: Count, amount: Sum });

/**
 * What the tenant's payments of one currency came to on one UTC day, by the times of their events. It
 * follows the payments within moments; a day that is over can still get what is late.
 */
export const DailyTotals = z.object({
  object: z.literal('daily_totals'),
  day: z.iso.date(),
  currency: CurrencyCode,
  accepted: Tally,
  /** Held by an authorization of its own: what a charge takes at once is in `captured` alone. */
  authorized: Tally,
  captured: Tally,
  /** Of captures. */
  fees: Tally,
  /** What the PSP has given back. */
  refunded: Tally,
  failed: Tally,
  /** Of what was held, what is given back at the merchant's request. */
  canceled: Tally,
  /** The same, because the authorization's window was over. */
  expired: Tally,
  disputes_opened: Tally,
  /** What the PSP took for them, on top of their amounts; a dispute that is won does not bring it back. */
  dispute_fees: Tally,
  disputes_won: z.object({ count: Count }),
  disputes_lost: z.object({ count: Count }),
});
export type DailyTotalsResource = z.infer<typeof DailyTotals>;

/** What an account is worth: posted, and what is pending beside it, both on its normal side. */
const Balances = z.object({ posted: Sum, pending: Sum });

/** What is the merchant's, and what it owes, at the end of one UTC day. */
const DayBalances = z.object({
  object: z.literal('daily_balances'),
  day: z.iso.date(),
  /** Captured less fees, refunds and chargebacks, and not settled yet; `pending` is what is held. */
  merchant_payable: Balances,
  /** What can be paid out. */
  merchant_available: Balances,
  /** What the merchant owes: it was paid out before it was taken back. */
  merchant_debt: Balances,
  /** Refunds that the PSP has not confirmed yet. */
  refunds_in_transit: Balances,
  /** Payouts that the bank has not confirmed yet. */
  payout_in_transit: Balances,
});
export type DayBalancesResource = z.infer<typeof DayBalances>;

/** The merchant's balances in one currency at the end of each UTC day of a period, oldest first. */
export const BalanceReport = z.object({
  object: z.literal('balance_report'),
  currency: CurrencyCode,
  /** The first and the last day of it; no day after today is in `data`. */
  from: z.iso.date(),
  to: z.iso.date(),
  /**
   * The time of the latest transfer that the book has in it, also where the period was over before: the
   * ledger up to then is in `data`. Null before the first one.
   */
  as_of: z.nullable(Timestamp),
  data: z.array(DayBalances),
});
export type BalanceReportResource = z.infer<typeof BalanceReport>;
