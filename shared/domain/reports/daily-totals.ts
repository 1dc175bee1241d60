import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import type { DailyTotalsResource } from '../../contracts/reports.ts';
import type { Currency } from '../money/currency.ts';

/**
 * What a day's totals count of payments, each by the event that is the fact itself:
 * - `authorized`: held by an authorization of its own; a charge that takes the money at once is in
 *   `captured` alone
 * - `fees`: of captures, those of nothing left out
 * - `refunded`: given back by the PSP, not just asked for
 * - `canceled`, `expired`: what was held and is given back
 * - `dispute_fees`: what the PSP took for a chargeback, on top of its amount
 * - `disputes_won`, `disputes_lost`: their events say no amount, so these are counts alone
 */
export const totalNames = [
  'accepted',
  'authorized',
  'captured',
  'fees',
  'refunded',
  'failed',
  'canceled',
  'expired',
  'disputes_opened',
  'dispute_fees',
  'disputes_won',
  'disputes_lost',
] as const;
export type TotalName = (typeof totalNames)[number];

/** How many, and how much together in minor units: a sum can pass 2^53, so it is a bigint. */
export interface Tally {
  readonly count: number;
  readonly amountMinor: bigint;
}

export type Tallies = Readonly<Partial<Record<TotalName, Tally>>>;

/** What a merchant's payments of one currency came to on one UTC day, by the times of their events. */
export interface DayTotals {
  /** `2026-11-21`. */
  readonly day: string;
  readonly currency: Currency;
  readonly totals: Tallies;
}

/**
 * What an event adds, and to which day: it says so itself, so that no order and no time at which it
 * comes makes a difference. Adding commutes; that each event is added once is for its store to see.
 */
export function additionOf(event: PaymentEvent): DayTotals {
  return {
    day: event.time.slice(0, 10),
    currency: event.data.payment.currency,
    totals: talliesOf(event),
  };
}

function talliesOf(event: PaymentEvent): Tallies {
  switch (event.type) {
    case 'payment.accepted':
      return { accepted: one(event.data.request.amount) };
    case 'payment.authorized':
      return { authorized: one(event.data.amount) };
    case 'payment.captured':
      return {
        captured: one(event.data.amount),
        ...(event.data.fee > 0 ? { fees: one(event.data.fee) } : {}),
      };
    case 'payment.refunded':
      return { refunded: one(event.data.amount) };
    case 'payment.failed':
      return { failed: one(event.data.payment.amount) };
    case 'payment.canceled':
      return { canceled: one(event.data.amount) };
    case 'payment.expired':
      return { expired: one(event.data.amount) };
    case 'payment.dispute_opened':
      return {
        disputes_opened: one(event.data.amount),
        ...(event.data.fee > 0 ? { dispute_fees: one(event.data.fee) } : {}),
      };
    case 'payment.dispute_won':
      return { disputes_won: one(0) };
    case 'payment.dispute_lost':
      return { disputes_lost: one(0) };
    default:
      return {};
  }
}

function one(amountMinor: number): Tally {
  return { count: 1, amountMinor: BigInt(amountMinor) };
}

const none: Tally = { count: 0, amountMinor: 0n };

/** Two runs of events together. */
export function addTallies(a: Tallies, b: Tallies): Tallies {
  const sums: Partial<Record<TotalName, Tally>> = { ...a };
  for (const [name, { count, amountMinor }] of Object.entries(b)) {
    const before = sums[name as TotalName] ?? none;
    sums[name as TotalName] = {
      count: before.count + count,
      amountMinor: before.amountMinor + amountMinor,
    };
  }
  return sums;
}

/** Where a day of a currency stands among the others: by day, then by currency. */
export function dayPosition({ day, currency }: Pick<DayTotals, 'day' | 'currency'>): string {
  return `${day}#${currency}`;
}

/** The tallies as one text: equal ones give equal texts. */
export function talliesText(totals: Tallies): string {
  return totalNames
    .flatMap((name) => {
      const { count, amountMinor } = totals[name] ?? none;
      return count === 0 ? [] : [`${name} ${count} ${amountMinor}`];
    })
    .join(', ');
}

/**
 * The first `limit` days of some, newest first, those of one day and currency added up; `next` is the
 * position of the last of them when there are more.
 */
export function pageOfDays(
  parts: Iterable<DayTotals>,
  limit: number,
): { readonly days: readonly DayTotals[]; readonly next: string | null } {
  const sums = new Map<string, DayTotals>();
  for (const part of parts) {
    const before = sums.get(dayPosition(part));
    const totals = addTallies(before?.totals ?? {}, part.totals);
    sums.set(dayPosition(part), { ...part, totals });
  }
  const days = [...sums].sort(([a], [b]) => (a < b ? 1 : -1));
  const page = days.slice(0, limit);
  return {
    days: page.map(([, day]) => day),
    next: days.length > limit ? (page.at(-1)?.[0] ?? null) : null,
  };
}

/** A day as the API shows it; what did not happen on it is zero. */
export function renderDayTotals({ day, currency, totals }: DayTotals): DailyTotalsResource {
  const tally = (name: TotalName) => {
    const { count, amountMinor } = totals[name] ?? none;
    return { count, amount: amountMinor };
  };
  const count = (name: TotalName) => ({ count: (totals[name] ?? none).count });
  return {
    object: 'daily_totals',
    day,
    currency,
    accepted: tally('accepted'),
    authorized: tally('authorized'),
    captured: tally('captured'),
    fees: tally('fees'),
    refunded: tally('refunded'),
    failed: tally('failed'),
    canceled: tally('canceled'),
    expired: tally('expired'),
    disputes_opened: tally('disputes_opened'),
    dispute_fees: tally('dispute_fees'),
    disputes_won: count('disputes_won'),
    disputes_lost: count('disputes_lost'),
  };
}
