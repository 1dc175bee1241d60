import {
  type OverviewResource,
  overviewMinutes,
} from '../../../shared/contracts/operations/overview.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { isSettled, type PaymentStatus } from '../../../shared/domain/payment/state.ts';

const minuteMs = 60_000;

type Part<Name extends keyof OverviewResource> = NonNullable<OverviewResource[Name]>;
type Counts = Part<'payments'>;

/** As what an overview counts a payment of each status. */
const countedAs: Readonly<Record<PaymentStatus, Exclude<keyof Counts, 'accepted'>>> = {
  processing: 'processing',
  requires_action: 'processing',
  authorized: 'authorized',
  partially_captured: 'captured',
  captured: 'captured',
  canceled: 'canceled',
  expired: 'canceled',
  failed: 'failed',
};

/** The begin of the window, in ms: the present minute is the last of it. */
export function windowStart(nowMs: number): number {
  return minuteOf(nowMs) - (overviewMinutes - 1) * minuteMs;
}

/** What became of payments, by their status now. */
export function countsOf(payments: readonly PaymentResource[]): Counts {
  const counts = {
    accepted: payments.length,
    captured: 0,
    authorized: 0,
    processing: 0,
    failed: 0,
    canceled: 0,
  };
  for (const { status } of payments) {
    counts[countedAs[status]] += 1;
  }
  return counts;
}

/** The same for each minute from one time to another, by when the payments were accepted. */
export function perMinute(
  payments: readonly PaymentResource[],
  { sinceMs, nowMs }: { readonly sinceMs: number; readonly nowMs: number },
): Part<'per_minute'> {
  const from = minuteOf(sinceMs);
  const minutes = Array.from({ length: (minuteOf(nowMs) - from) / minuteMs + 1 }, (_, index) => ({
    minute: new Date(from + index * minuteMs).toISOString(),
    accepted: 0,
    settled: 0,
    failed: 0,
  }));
  for (const { created, status } of payments) {
    const minute = minutes[(minuteOf(Date.parse(created)) - from) / minuteMs];
    if (minute) {
      minute.accepted += 1;
      minute.failed += status === 'failed' ? 1 : 0;
      minute.settled += status !== 'failed' && isSettled(status) ? 1 : 0;
    }
  }
  return minutes;
}

/** Why payments failed, the most frequent first, and those as frequent by the alphabet. */
export function failuresOf(payments: readonly PaymentResource[]): Part<'failures'> {
  const counts = new Map<string, number>();
  for (const { failure } of payments) {
    if (failure) {
      counts.set(failure.code, (counts.get(failure.code) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** How long something took, by the nearest rank: each is one of the samples. */
export function percentilesOf(samplesMs: readonly number[]): Part<'time_to_settle_ms'> {
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const at = (percent: number) =>
    sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1] ?? null;
  return { p50: at(50), p90: at(90), p99: at(99), samples: sorted.length };
}

function minuteOf(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}
