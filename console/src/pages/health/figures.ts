import type { Tone } from '../../components/status-badge.tsx';
import type { Part } from './types.ts';

/** `12:07`, UTC, of a minute. */
function minuteText(minute: string): string {
  return minute.slice(11, 16);
}

/** A row of the chart for each minute. */
export function throughputPoints(minutes: Part<'per_minute'>) {
  return minutes.map(({ minute, accepted, settled, failed }) => ({
    minute: minuteText(minute),
    accepted,
    settled,
    failed,
  }));
}

/** What the chart of throughput shows, in a sentence. */
export function throughputText(minutes: Part<'per_minute'>): string {
  const sum = (of: 'accepted' | 'settled' | 'failed') =>
    minutes.reduce((all, minute) => all + minute[of], 0);
  const most = minutes.reduce<Part<'per_minute'>[number] | null>(
    (busiest, minute) => (busiest && busiest.accepted >= minute.accepted ? busiest : minute),
    null,
  );
  const peak =
    most && most.accepted > 0
      ? ` Most in a minute: ${most.accepted} accepted at ${minuteText(most.minute)}.`
      : '';
  return `In ${minutes.length} min ${sum('accepted')} accepted, ${sum('settled')} settled, ${sum('failed')} failed.${peak}`;
}

/** `830 ms`, `2.4 s`, `3 min 5 s`; a dash for what has no samples. */
export function durationText(ms: number | null): string {
  if (ms === null) {
    return '–';
  }
  if (ms < 1_000) {
    return `${ms} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The share of what ended that ended well, in percent with one digit; null while nothing ended. */
export function successRate({
  captured,
  authorized,
  failed,
}: Pick<Part<'payments'>, 'captured' | 'authorized' | 'failed'>): string | null {
  const ended = captured + authorized + failed;
  return ended === 0 ? null : `${(((captured + authorized) / ended) * 100).toFixed(1)} %`;
}

export const breakerWords = {
  closed: { text: 'closed: calls go through', tone: 'good' },
  half_open: { text: 'half open: a probe goes through', tone: 'wait' },
  open: { text: 'open: no call goes through', tone: 'bad' },
} as const satisfies Readonly<
  Record<Part<'providers'>[number]['state'], { readonly text: string; readonly tone: Tone }>
>;

/** The failure codes, the most frequent first, equal ones by name. */
export function failureBars(failures: Part<'failures'>) {
  return failures
    .toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code))
    .map(({ code, count }) => ({ code, count }));
}
