/** How many calls a PSP takes: so many a second for ever, and so many at once after a quiet time. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/*
 * A token bucket as GCRA: one number is all of its state, the theoretical arrival time (TAT) of the
 * next call, at which the bucket would be full again. Times are in whole microseconds, as a thousand
 * calls a second are one a millisecond. Source: ITU-T I.371, annex A, "virtual scheduling".
 */

/** How far apart calls are at the limit; rounded up, so that it is never passed. */
export function intervalUs({ perSecond }: RateLimit): number {
  return Math.ceil(1_000_000 / perSecond);
}

/** How far ahead of now the TAT may be for one more call. */
export function toleranceUs(limit: RateLimit): number {
  return (limit.burst - 1) * intervalUs(limit);
}

/** The TAT after taking a token; null when the bucket has none. @param tatUs null before the first */
export function tatAfterTaking(
  tatUs: number | null,
  nowUs: number,
  limit: RateLimit,
): number | null {
  const isFull = tatUs === null || tatUs < nowUs;
  if (isFull) {
    return nowUs + intervalUs(limit);
  }
  return tatUs <= nowUs + toleranceUs(limit) ? tatUs + intervalUs(limit) : null;
}
