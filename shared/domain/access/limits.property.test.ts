import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateLimit, tatAfterTaking } from '../provider/rate.ts';
import { keptBack, leaseMs, limitOf, nextLease, secondsUntil, tokensLeft } from './limits.ts';

const limits = fc.record({
  perSecond: fc.integer({ min: 1, max: 2_000 }),
  burst: fc.integer({ min: 1, max: 500 }),
});
const nowUs = 1_700_000_000_000_000;

describe('the limit of a tenant', () => {
  const limit = (burst: number): RateLimit => ({ perSecond: 1, burst });
  const all = { stage: limit(9), tenant: limit(1), tenants: { acme: limit(2) } };

  it('is its own where it has one, and that of all where not, whatever it is called', () => {
    expect(limitOf(all, 'acme').burst).toBe(2);
    for (const name of ['globex', 'toString', '__proto__', '']) {
      expect(limitOf(all, name).burst).toBe(1);
    }
  });

  it('keeps a fifth of it for writes, and at least one', () => {
    expect([1, 4, 5, 6, 1_000].map((burst) => keptBack('read', limit(burst)))).toEqual([
      1, 1, 1, 2, 200,
    ]);
    expect(keptBack('write', limit(1_000))).toBe(0);
  });
});

describe('the tokens of a bucket', () => {
  it('are those that can be taken from it, no more and no fewer', () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: -10_000_000, max: 600_000_000 }), (limit, ahead) => {
        const tatUs = nowUs + ahead;
        const left = tokensLeft(tatUs, nowUs, limit);
        expect(tatAfterTaking(tatUs, nowUs, limit, left + 1)).toBeNull();
        if (left > 0) {
          const after = tatAfterTaking(tatUs, nowUs, limit, left);
          expect(tokensLeft(after, nowUs, limit)).toBe(0);
        }
      }),
    );
    expect(tokensLeft(null, nowUs, { perSecond: 1, burst: 7 })).toBe(7);
  });

  it('are there after as many seconds as are said, and not a whole second before', () => {
    fc.assert(
      fc.property(
        limits,
        fc.integer({ min: 0, max: 600_000_000 }),
        fc.nat(),
        (limit, ahead, some) => {
          const tokens = 1 + (some % limit.burst);
          const tatUs = nowUs + ahead;
          const seconds = secondsUntil(tokens, tatUs, nowUs, limit);
          const inSeconds = (later: number) => tokensLeft(tatUs, nowUs + later * 1_000_000, limit);
          expect(inSeconds(seconds)).toBeGreaterThanOrEqual(tokens);
          if (seconds > 0) {
            expect(inSeconds(seconds - 1)).toBeLessThan(tokens);
          }
        },
      ),
    );
  });
});

describe('the size of a lease', () => {
  /** Leases one after the other, each used as often as is asked for within its time. */
  function played(asked: readonly number[], limit: RateLimit) {
    let tokens = 1;
    let [used, lost, unused] = [0, 0, 0];
    for (const wanted of asked) {
      const took = Math.min(wanted, tokens);
      used += took;
      lost += tokens - took;
      unused += took === 0 ? 1 : 0;
      const lastedMs = wanted > tokens ? (leaseMs * tokens) / wanted : leaseMs;
      tokens = nextLease({ tokens, used: took, lastedMs }, limit);
    }
    return { used, lost, unused };
  }

  it('loses no more tokens than are used, but for the first, and one a lease of no use', () => {
    fc.assert(
      fc.property(limits, fc.array(fc.nat(60)), (limit, asked) => {
        const { used, lost, unused } = played(asked, limit);
        expect(lost).toBeLessThanOrEqual(used + Math.max(1, unused));
      }),
      { examples: [[{ perSecond: 1, burst: 1 }, [0, 0]]] },
    );
  });

  it('comes to the pace of a tenant within six, and then loses none', () => {
    const limit = { perSecond: 1_000, burst: 1_000 };
    for (const pace of [1, 7, 40, 60]) {
      const { lost } = played(Array(6).fill(pace), limit);
      expect(played(Array(30).fill(pace), limit).lost).toBe(lost);
    }
  });

  it('is never more than a tenth of the bucket, nor less than one', () => {
    fc.assert(
      fc.property(limits, fc.nat(1_000), fc.nat(2_000), (limit, tokens, lastedMs) => {
        for (const used of [0, tokens >> 1, tokens]) {
          const next = nextLease({ tokens, used, lastedMs }, limit);
          expect(next).toBeGreaterThanOrEqual(1);
          expect(next).toBeLessThanOrEqual(Math.max(1, limit.burst / 10));
        }
      }),
    );
  });
});
