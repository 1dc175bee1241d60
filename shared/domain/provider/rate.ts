/** How many calls are taken: so many a second for ever, and so many at once after a quiet time. */
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

/** How far ahead of now the TAT may be for one more call, or for so many. */
export function toleranceUs(limit: RateLimit, tokens = 1): number {
  return (limit.burst - tokens) * intervalUs(limit);
}

/**
 * The TAT after taking a token, or so many; null when the bucket has not as many.
 *
 * @param tatUs null before the first
 */
export function tatAfterTaking(
  tatUs: number | null,
  nowUs: number,
  limit: RateLimit,
  tokens = 1,
): number | null {
  const isFull = tatUs === null || tatUs < nowUs;
  const fromUs = isFull ? nowUs : tatUs;
  return fromUs <= nowUs + toleranceUs(limit, tokens) ? fromUs + tokens * intervalUs(limit) : null;
}
