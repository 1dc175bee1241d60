import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokensLeft } from '../../../shared/domain/access/limits.ts';
import { tatAfterTaking } from '../../../shared/domain/provider/rate.ts';
import type { LeaseTokens, TokenLease } from '../../../shared/ports/access/tenant-limits.ts';

export interface LimitsAdapter {
  readonly lease: LeaseTokens;
  readonly close: () => Promise<void>;
}

const nowMs = Date.parse('2026-01-01T12:00:00.000Z');

let buckets = 0;

/** A lease from a bucket that no other test has: the tests share their table. */
function aLease(changed: Partial<TokenLease> = {}): TokenLease {
  buckets += 1;
  return {
    bucket: `tenant-${buckets}`,
    limit: { perSecond: 10, burst: 20 },
    tokens: 1,
    keep: 0,
    nowMs,
    lastTatUs: null,
    ...changed,
  };
}

/** What every adapter of the tenants' buckets does. */
export function limitsConformance(kind: string, open: () => Promise<LimitsAdapter>): void {
  describe(`a tenant's bucket in ${kind}`, () => {
    let adapter: LimitsAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    it('gives as many tokens as are asked for, and says how full it is then', async () => {
      const lease = aLease({ tokens: 5 });
      const { tokens, tatUs } = await adapter.lease(lease);
      expect([tokens, tokensLeft(tatUs, nowMs * 1_000, lease.limit)]).toEqual([5, 15]);
    });

    it('gives what it has when that is less, and nothing when it is empty', async () => {
      const lease = aLease({ tokens: 15 });
      const taken = [
        (await adapter.lease(lease)).tokens,
        (await adapter.lease(lease)).tokens,
        (await adapter.lease(lease)).tokens,
        (await adapter.lease({ ...lease, nowMs: nowMs + 99 })).tokens,
        (await adapter.lease({ ...lease, nowMs: nowMs + 100 })).tokens,
        (await adapter.lease({ ...lease, nowMs: nowMs + 60_000, tokens: 30 })).tokens,
      ];
      expect(taken).toEqual([15, 5, 0, 0, 1, 20]);
    });

    it('keeps back what is for others', async () => {
      const read = aLease({ tokens: 30, keep: 4 });
      expect((await adapter.lease(read)).tokens).toBe(16);
      const { tokens, tatUs } = await adapter.lease(read);
      expect([tokens, tokensLeft(tatUs, nowMs * 1_000, read.limit)]).toEqual([0, 4]);
      expect((await adapter.lease({ ...read, keep: 0 })).tokens).toBe(4);
    });

    it('is one for each name', async () => {
      const [one, other] = [aLease({ tokens: 20 }), aLease({ tokens: 20 })];
      expect((await adapter.lease(one)).tokens).toBe(20);
      expect((await adapter.lease(other)).tokens).toBe(20);
    });

    it('gives no token twice to twelve that ask at once, whatever each last saw', async () => {
      const lease = aLease({ tokens: 3 });
      const first = await adapter.lease(lease);
      const seen = [null, first.tatUs, (first.tatUs ?? 0) + 1_000_000];
      const asked = await Promise.allSettled(
        Array.from({ length: 12 }, (_, n) =>
          adapter.lease({ ...lease, lastTatUs: seen[n % 3] ?? null }),
        ),
      );
      const given = asked.map((one) => (one.status === 'fulfilled' ? one.value.tokens : 0));
      expect(given.reduce((sum, tokens) => sum + tokens, first.tokens)).toBeLessThanOrEqual(20);
      expect(Math.max(...given)).toBe(3);
    });

    it('answers each question as the domain does', async () => {
      const questions = fc.array(
        fc.record({
          gapMs: fc.integer({ min: 0, max: 900 }),
          tokens: fc.integer({ min: 1, max: 6 }),
          keep: fc.integer({ min: 0, max: 3 }),
          remembers: fc.boolean(),
        }),
        { minLength: 4, maxLength: 15 },
      );
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 8 }), questions, async (burst, asked) => {
          const lease = aLease({ limit: { perSecond: 7, burst } });
          let tatUs: number | null = null;
          let atMs = nowMs;
          for (const { gapMs, tokens, keep, remembers } of asked) {
            atMs += gapMs;
            const nowUs = atMs * 1_000;
            const some = Math.min(tokens, tokensLeft(tatUs, nowUs, lease.limit) - keep);
            const lastTatUs: number | null = remembers ? tatUs : null;
            tatUs = some > 0 ? tatAfterTaking(tatUs, nowUs, lease.limit, some) : tatUs;
            expect(
              await adapter.lease({ ...lease, tokens, keep, nowMs: atMs, lastTatUs }),
            ).toMatchObject({ tokens: Math.max(0, some) });
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}
