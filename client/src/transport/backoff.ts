/** How long to wait before trying again, at most: doubles from `baseMs` on, up to `capMs`. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * A delay with full jitter: any time from zero to the backoff of this try, so that clients that failed
 * together do not come back together.
 *
 * @param tries how many were made, from 1 on
 * @param random from 0 to 1
 */
export function delayMs({ baseMs, capMs }: Backoff, tries: number, random: () => number): number {
  return random() * Math.min(capMs, baseMs * 2 ** (tries - 1));
}

/**
 * `Retry-After` of an answer in milliseconds: seconds, or a date, which is compared with the server's
 * own `Date`, as our clock need not be its clock. Null for none, and for one that cannot be read.
 */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) {
    return Number(value) * 1_000;
  }
  const untilMs = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(untilMs) ? null : Math.max(0, untilMs);
}
