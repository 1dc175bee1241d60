import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureChange, untouched } from '../../../shared/domain/provider/breaker/breaker.ts';
import { tatAfterTaking } from '../../../shared/domain/provider/rate.ts';
import { aProvider, type HealthAdapter, limits, settings } from './adapter.ts';

const nowMs = Date.parse('2026-01-01T12:00:00.000Z');

const lease = (holder: string, from = nowMs) => ({
  holder,
  nowMs: from,
  untilMs: from + 1_000,
});

/** What every store of slots and rate limits has to do. */
export function limitsConformance(kind: string, open: () => Promise<HealthAdapter>): void {
  describe(`the slots of a PSP in ${kind}`, () => {
    let adapter: HealthAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    it('go to one of ten each that want it at once', async () => {
      const provider = aProvider();
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          adapter.health.takeSlot(provider, index % 2, lease(`call-${index}`)),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(2);
    });

    it('are one PSP’s alone', async () => {
      expect(await adapter.health.takeSlot(aProvider(), 0, lease('a'))).toBe(true);
      expect(await adapter.health.takeSlot(aProvider(), 0, lease('b'))).toBe(true);
    });

    it('are free again when they are given back', async () => {
      const provider = aProvider();
      await adapter.health.takeSlot(provider, 0, lease('a'));
      expect(await adapter.health.takeSlot(provider, 0, lease('b'))).toBe(false);
      await adapter.health.releaseSlot(provider, 0, 'a');
      expect(await adapter.health.takeSlot(provider, 0, lease('b'))).toBe(true);
    });

    it('are free again when the lease of one that crashed is over, for one of ten', async () => {
      const provider = aProvider();
      await adapter.health.takeSlot(provider, 0, lease('crashed'));
      const ask = async (atMs: number) => {
        const taken = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            adapter.health.takeSlot(provider, 0, lease(`call-${index}`, atMs)),
          ),
        );
        return taken.filter(Boolean).length;
      };
      expect(await ask(nowMs + 999)).toBe(0);
      expect(await ask(nowMs + 1_000)).toBe(1);
    });

    it('stay with who has them when one that was slow gives back what it had before', async () => {
      const provider = aProvider();
      await adapter.health.takeSlot(provider, 0, lease('slow'));
      await adapter.health.takeSlot(provider, 0, lease('next', nowMs + 1_000));
      await adapter.health.releaseSlot(provider, 0, 'slow');
      expect(await adapter.health.takeSlot(provider, 0, lease('third', nowMs + 1_001))).toBe(false);
    });

    it('are given to who has them and asks again, not having heard the answer', async () => {
      const provider = aProvider();
      await adapter.health.takeSlot(provider, 0, lease('a'));
      expect(await adapter.health.takeSlot(provider, 0, lease('a', nowMs + 1))).toBe(true);
    });

    it('may be given back by one that never had them', async () => {
      const provider = aProvider();
      await adapter.health.releaseSlot(provider, 0, 'a');
      expect(await adapter.health.takeSlot(provider, 0, lease('b'))).toBe(true);
    });
  });

  describe(`the rate limit of a PSP in ${kind}`, () => {
    let adapter: HealthAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    it('lets a burst through of forty at once, and then one an interval', async () => {
      const provider = aProvider();
      const limit = { perSecond: 10, burst: 5 };
      const ask = async (times: number, atMs: number) => {
        const taken = await Promise.all(
          Array.from({ length: times }, () => adapter.health.takeToken(provider, limit, atMs)),
        );
        return taken.filter(Boolean).length;
      };
      expect(await ask(40, nowMs)).toBe(5);
      expect(await ask(10, nowMs + 99)).toBe(0);
      expect(await ask(10, nowMs + 100)).toBe(1);
      expect(await ask(10, nowMs + 350)).toBe(2);
      expect(await ask(40, nowMs + 60_000)).toBe(5);
    });

    it('refuses none of two that find the bucket full at once', async () => {
      for (let round = 0; round < 20; round++) {
        const provider = aProvider();
        const limit = { perSecond: 1, burst: 2 };
        const taken = await Promise.all([
          adapter.health.takeToken(provider, limit, nowMs),
          adapter.health.takeToken(provider, limit, nowMs),
        ]);
        expect(taken).toEqual([true, true]);
      }
    });

    it('answers each question as the domain does', async () => {
      const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 5, maxLength: 25 });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 5 }), gaps, async (burst, between) => {
          const provider = aProvider();
          const limit = { perSecond: 7, burst };
          let tatUs: number | null = null;
          let atMs = nowMs;
          for (const gap of between) {
            atMs += gap;
            const next = tatAfterTaking(tatUs, atMs * 1_000, limit);
            tatUs = next ?? tatUs;
            expect(await adapter.health.takeToken(provider, limit, atMs)).toBe(next !== null);
          }
        }),
        { numRuns: 30 },
      );
    });
  });

  describe(`the state of PSPs in ${kind}`, () => {
    it('is that of each that is asked for, in that order', async () => {
      const adapter = await open();
      const [one, other] = [aProvider(), aProvider()];
      for (let failed = 0; failed < 3; failed++) {
        const breaker = failed === 0 ? untouched : await adapter.health.breaker(one);
        await adapter.health.change(one, failureChange(breaker, nowMs, settings) ?? raise());
      }
      const opening = { kind: 'open', atMs: nowMs, failures: 3, untilMs: nowMs + 1 } as const;
      await adapter.health.change(one, opening);
      await adapter.health.takeSlot(one, 0, lease('a'));
      await adapter.health.takeSlot(one, 1, lease('over', nowMs - 1_000));
      await adapter.health.takeSlot(one, 2, lease('b'));
      await adapter.health.takeSlot(other, 0, lease('c'));
      await adapter.health.releaseSlot(other, 0, 'c');
      await adapter.health.takeToken(other, { perSecond: 1, burst: 1 }, nowMs);
      expect(await adapter.read({ [other]: limits, [one]: limits }, nowMs)).toEqual([
        {
          name: other,
          breaker: 'closed',
          since: null,
          until: null,
          failures: 0,
          slotsInUse: 0,
        },
        {
          name: one,
          breaker: 'open',
          since: '2026-01-01T12:00:00.000Z',
          until: '2026-01-01T12:00:00.001Z',
          failures: 3,
          slotsInUse: 2,
        },
      ]);
      await adapter.close();
    });
  });
}

function raise(): never {
  throw new Error('a closed breaker counts no failure');
}
