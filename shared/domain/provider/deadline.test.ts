import { describe, expect, it } from 'vitest';
import { deadlineOf, hasTime } from './deadline.ts';

const settings = { fullMs: 5_000, leastMs: 2_500, marginMs: 3_500 };

describe('the deadline of a call', () => {
  it.each([
    ['all the time that there is outside of Lambda', Number.POSITIVE_INFINITY, 5_000],
    ['all that a PSP gets, when there is more', 9_000, 5_000],
    ['what is left before the margin to record it', 8_000, 4_500],
  ])('is %s', (_, remainingMs, deadlineMs) => {
    expect(deadlineOf(settings, remainingMs)).toBe(deadlineMs);
  });

  it('ends before the margin, or the call is not sent', () => {
    expect(hasTime(settings, 6_000)).toBe(true);
    expect(hasTime(settings, 5_999)).toBe(false);
    expect(hasTime(settings, 0)).toBe(false);
  });
});
