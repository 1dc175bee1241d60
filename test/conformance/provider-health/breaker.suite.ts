import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Breaker,
  type BreakerChange,
  changedBreaker,
  failureChange,
  openingChange,
  probeChange,
  untouched,
} from '../../../shared/domain/provider/breaker/breaker.ts';
import { aProvider, type HealthAdapter, settings } from './adapter.ts';

const nowMs = Date.parse('2026-01-01T12:00:00.000Z');

/** Times of a window's order around one moment, so that windows and leases end between them. */
const someTime = fc.constantFrom(0, 1, 4_999, 5_000, 9_999, 10_000, 20_000).map((ms) => nowMs + ms);
const holder = fc.constantFrom('a', 'b');
const changes: fc.Arbitrary<BreakerChange> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('start_window', 'count', 'count'),
    atMs: someTime,
    endedStartMs: someTime.map((ms) => ms - 10_000),
  }),
  fc.record({
    kind: fc.constant('open'),
    atMs: someTime,
    failures: fc.constantFrom(1, 2, 3),
    untilMs: someTime,
  }),
  fc.record({ kind: fc.constant('take_probe'), atMs: someTime, holder, untilMs: someTime }),
  fc.record({ kind: fc.constant('close'), atMs: someTime, holder }),
  fc.record({ kind: fc.constant('reopen'), holder, untilMs: someTime }),
);

/** What every store of breakers has to do. */
export function breakerConformance(kind: string, open: () => Promise<HealthAdapter>): void {
  describe(`breakers in ${kind}`, () => {
    let adapter: HealthAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    /** Fails so often at once, as separate processes, each of which knows nothing yet. */
    const fail = async (provider: string, times: number, atMs = nowMs): Promise<void> => {
      const countOne = async () => {
        let seen = untouched;
        for (let tried = 0; tried < 3; tried++) {
          const change = failureChange(seen, atMs, settings);
          const counted = change && (await adapter.health.change(provider, change));
          if (!counted || counted.applied) {
            return;
          }
          seen = counted.breaker;
        }
      };
      await Promise.all(Array.from({ length: times }, countOne));
    };
    /** Opens it: only one of so many that try at once does. */
    const openBreaker = async (provider: string): Promise<Breaker> => {
      await fail(provider, 3);
      const opening = openingChange(await adapter.health.breaker(provider), nowMs, settings);
      const { breaker } = await adapter.health.change(provider, opening as BreakerChange);
      return breaker;
    };
    const probe = (provider: string, by: string, atMs: number) =>
      adapter.health.change(provider, {
        kind: 'take_probe',
        atMs,
        holder: by,
        untilMs: atMs + 1_000,
      });

    it('know one that nothing happened to', async () => {
      expect(await adapter.health.breaker(aProvider())).toEqual(untouched);
    });

    it('keep those of two PSPs apart', async () => {
      const [one, other] = [aProvider(), aProvider()];
      await fail(one, 2);
      expect(await adapter.health.breaker(one)).toMatchObject({ failures: 2 });
      expect(await adapter.health.breaker(other)).toEqual(untouched);
    });

    it('lose no failure of ten at once, and have one window for them', async () => {
      const provider = aProvider();
      await fail(provider, 10);
      expect(await adapter.health.breaker(provider)).toEqual({
        state: 'closed',
        sinceMs: null,
        failures: 10,
        windowStartMs: nowMs,
      });
    });

    it('are opened by one of ten that find that they should be', async () => {
      const provider = aProvider();
      await fail(provider, 3);
      const opening = openingChange(await adapter.health.breaker(provider), nowMs, settings);
      const opened = await Promise.all(
        Array.from({ length: 10 }, () => adapter.health.change(provider, opening as BreakerChange)),
      );
      expect(opened.filter(({ applied }) => applied)).toHaveLength(1);
      for (const { breaker } of opened) {
        expect(breaker).toEqual({
          state: 'open',
          sinceMs: nowMs,
          failures: 3,
          untilMs: nowMs + 5_000,
        });
      }
    });

    it('give the probe to one of ten that ask for it at once, and tell the others whose it is', async () => {
      const provider = aProvider();
      await openBreaker(provider);
      const names = Array.from({ length: 10 }, (_, index) => `process-${index}`);
      const asked = await Promise.all(names.map((name) => probe(provider, name, nowMs + 5_000)));
      const winners = names.filter((_, index) => asked[index]?.applied);
      expect(winners).toHaveLength(1);
      for (const { breaker } of asked) {
        expect(breaker).toMatchObject({ state: 'half_open', holder: winners[0] });
      }
    });

    it('give the probe of one that crashed to one of ten when its lease is over', async () => {
      const provider = aProvider();
      await openBreaker(provider);
      await probe(provider, 'crashed', nowMs + 5_000);
      const ask = (atMs: number) =>
        Promise.all(
          Array.from({ length: 10 }, (_, index) => probe(provider, `process-${index}`, atMs)),
        );
      const early = await ask(nowMs + 5_999);
      expect(early.filter(({ applied }) => applied)).toHaveLength(0);
      const late = await ask(nowMs + 6_000);
      expect(late.filter(({ applied }) => applied)).toHaveLength(1);
      const closing = probeChange('success', 'crashed', nowMs + 6_001, settings);
      expect((await adapter.health.change(provider, closing)).applied).toBe(false);
    });

    it('come round: closed by the probe, and counting from nothing', async () => {
      const provider = aProvider();
      await openBreaker(provider);
      await probe(provider, 'a', nowMs + 5_000);
      const closing = probeChange('success', 'a', nowMs + 5_100, settings);
      expect(await adapter.health.change(provider, closing)).toEqual({
        applied: true,
        breaker: { state: 'closed', sinceMs: nowMs + 5_100, failures: 0, windowStartMs: null },
      });
      await fail(provider, 1, nowMs + 5_200);
      expect(await adapter.health.breaker(provider)).toEqual({
        state: 'closed',
        sinceMs: nowMs + 5_100,
        failures: 1,
        windowStartMs: nowMs + 5_200,
      });
    });

    it('say so when a change does not apply, with what is there', async () => {
      const provider = aProvider();
      const open = await openBreaker(provider);
      const failure = { kind: 'count', atMs: nowMs, endedStartMs: 0 } as const;
      expect(await adapter.health.change(provider, failure)).toEqual({
        applied: false,
        breaker: open,
      });
      const nobody = { applied: false, breaker: untouched };
      expect(await adapter.health.change(aProvider(), failure)).toEqual(nobody);
    });

    it('do to each change what the domain does', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(changes, { minLength: 5, maxLength: 25 }), async (sequence) => {
          const provider = aProvider();
          let expected = untouched;
          for (const change of sequence) {
            const after = changedBreaker(expected, change);
            expected = after ?? expected;
            const answer = await adapter.health.change(provider, change);
            expect(answer).toEqual({ applied: after !== null, breaker: expected });
          }
          expect(await adapter.health.breaker(provider)).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });
  });
}
