import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateLimit, tatAfterTaking } from './rate.ts';

const limits = fc.record({
  perSecond: fc.integer({ min: 1, max: 2_000 }),
  burst: fc.integer({ min: 1, max: 50 }),
});
/** Times between calls, in microseconds. */
const gaps = fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 200 });

/** The times at which a token was taken, of the times at which one was asked for. */
function taken(limit: RateLimit, atUs: readonly number[]): number[] {
  let tatUs: number | null = null;
  return atUs.filter((nowUs) => {
    const next = tatAfterTaking(tatUs, nowUs, limit);
    tatUs = next ?? tatUs;
    return next !== null;
  });
}

function times(between: readonly number[]): number[] {
  let nowUs = 1_000_000;
  return between.map((gap) => {
    nowUs += gap;
    return nowUs;
  });
}

describe('a rate limit', () => {
  it('lets no more through in any time than its burst and what that time is worth', () => {
    fc.assert(
      fc.property(limits, gaps, (limit, between) => {
        const went = taken(limit, times(between));
        for (const [first, fromUs] of went.entries()) {
          for (const [offset, toUs] of went.slice(first).entries()) {
            const worth = limit.burst + ((toUs - fromUs) * limit.perSecond) / 1_000_000;
            expect(offset + 1).toBeLessThanOrEqual(worth);
          }
        }
      }),
    );
  });

  it('never stops calls that come no closer than it allows', () => {
    fc.assert(
      fc.property(limits, gaps, (limit, between) => {
        const apartUs = Math.ceil(1_000_000 / limit.perSecond);
        const asked = times(between.map((gap) => apartUs + gap));
        expect(taken(limit, asked)).toEqual(asked);
      }),
    );
  });

  it('lets a whole burst through after a quiet time, and then one call an interval', () => {
    fc.assert(
      fc.property(limits, (limit) => {
        const atOnce = new Array(limit.burst + 3).fill(5_000_000);
        expect(taken(limit, atOnce)).toHaveLength(limit.burst);
        const apartUs = Math.ceil(1_000_000 / limit.perSecond);
        const later = (byUs: number) => taken(limit, [...atOnce, 5_000_000 + byUs]).length;
        expect(later(apartUs - 1)).toBe(limit.burst);
        expect(later(apartUs)).toBe(limit.burst + 1);
      }),
    );
  });
});
