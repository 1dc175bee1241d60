import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { Tallies } from '../../../shared/domain/reports/daily-totals.ts';
import type {
  DailyTotals,
  DailyTotalsQuery,
} from '../../../shared/ports/projections/daily-totals.ts';
import type { ProjectionRow } from '../../../shared/ports/projections/projections.ts';
import { anAddingEvent, eventOfNothing } from '../../support/reports.ts';

let tenants = 0;

/** A tenant that no other test has: the tests share their tables. */
function aTenant(): string {
  tenants += 1;
  return `tenant-${tenants}`;
}

const year = { from: '2026-01-01', to: '2026-12-31' };

/** What every adapter of the totals of days has to do. */
export function dailyTotalsConformance(
  kind: string,
  open: () => Promise<{ readonly totals: DailyTotals; readonly close: () => Promise<void> }>,
): void {
  describe(`the totals of days on ${kind}`, () => {
    let totals: DailyTotals;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ totals, close } = await open());
    });
    afterAll(() => close());

    const pageOf = (tenant: string, query: Partial<DailyTotalsQuery> = {}, generation = 1) =>
      totals.list(
        { tenant, ...year, currency: null, limit: 100, after: null, ...query },
        generation,
      );
    const totalsOf = async (tenant: string, generation = 1): Promise<Tallies | undefined> =>
      (await pageOf(tenant, {}, generation)).days[0]?.totals;
    const take = async (events: readonly PaymentEvent[], generation = 1) => {
      for (const event of events) {
        expect(await totals.project(event, generation)).toBe(true);
      }
    };

    it('are none for who has none', async () => {
      expect(await pageOf(aTenant())).toEqual({ days: [], next: null });
    });

    it('are what the events of a day add, of all payments together', async () => {
      const tenant = aTenant();
      // One for each part in which a day may be kept, and more.
      await take(
        Array.from({ length: 40 }, (_, n) =>
          anAddingEvent({ tenant, payment: n, amount: 100 + n }),
        ),
      );
      const captured = { count: 40, amountMinor: 4_780n };
      expect(await pageOf(tenant)).toEqual({
        days: [{ day: '2026-11-21', currency: 'EUR', totals: { captured } }],
        next: null,
      });
    });

    it('have an event once, however often it comes', async () => {
      const tenant = aTenant();
      const event = anAddingEvent({ tenant, fee: 3 });
      expect(await totals.project(event, 1)).toBe(true);
      expect(await totals.project(event, 1)).toBe(false);
      const twice = await Promise.all([totals.project(event, 1), totals.project(event, 1)]);
      expect(twice).toEqual([false, false]);
      expect(await totalsOf(tenant)).toEqual({
        captured: { count: 1, amountMinor: 100n },
        fees: { count: 1, amountMinor: 3n },
      });
    });

    it('have an event once when it comes many times at once', async () => {
      const tenant = aTenant();
      const event = anAddingEvent({ tenant });
      const fresh = await Promise.all(Array.from({ length: 8 }, () => totals.project(event, 1)));
      expect(fresh.filter(Boolean)).toHaveLength(1);
      expect(await totalsOf(tenant)).toEqual({ captured: { count: 1, amountMinor: 100n } });
    });

    it('have all events of a payment, in whatever order they come', async () => {
      const tenant = aTenant();
      const of = (sequence: number) => anAddingEvent({ tenant, sequence });
      await take([of(4), of(2), eventOfNothing({ tenant, sequence: 3 }), of(7), of(1)]);
      for (const sequence of [1, 2, 4, 7]) {
        expect(await totals.project(of(sequence), 1)).toBe(false);
      }
      expect(await totals.project(eventOfNothing({ tenant, sequence: 3 }), 1)).toBe(false);
      await take([of(5), of(6)]);
      expect(await totalsOf(tenant)).toEqual({ captured: { count: 6, amountMinor: 600n } });
    });

    it('have all events of a payment that come at once', async () => {
      const tenant = aTenant();
      const events = Array.from({ length: 8 }, (_, n) =>
        anAddingEvent({ tenant, sequence: n + 1, amount: 10 ** n }),
      );
      await Promise.all(events.map((event) => totals.project(event, 1)));
      expect(await totalsOf(tenant)).toEqual({ captured: { count: 8, amountMinor: 11_111_111n } });
    });

    it('have all payments of a day that come at once', async () => {
      const tenant = aTenant();
      const events = Array.from({ length: 60 }, (_, payment) => anAddingEvent({ tenant, payment }));
      await Promise.all(events.map((event) => totals.project(event, 1)));
      expect(await totalsOf(tenant)).toEqual({ captured: { count: 60, amountMinor: 6_000n } });
    });

    it('add up beyond 2^53 exactly', async () => {
      const tenant = aTenant();
      const most = 1_000_000_000_000;
      const huge = Array.from({ length: 3 }, (_, payment) =>
        // More than a payment may have, for the sum's sake.
        anAddingEvent({ tenant, payment, amount: most * 9_000 + payment }),
      );
      await take(huge);
      expect(await totalsOf(tenant)).toEqual({
        captured: { count: 3, amountMinor: 27_000_000_000_000_003n },
      });
    });

    it('have nothing of an event that adds nothing but that it is taken', async () => {
      const tenant = aTenant();
      const event = eventOfNothing({ tenant });
      expect(await totals.project(event, 1)).toBe(true);
      expect(await totals.project(event, 1)).toBe(false);
      expect(await pageOf(tenant)).toEqual({ days: [], next: null });
    });

    describe('in pages', () => {
      const fill = async () => {
        const tenant = aTenant();
        let payment = 0;
        for (const time of ['2026-03-01', '2026-03-03', '2026-02-28', '2026-03-02']) {
          for (const currency of ['USD', 'EUR'] as const) {
            for (let n = 0; n < 3; n++) {
              await take([anAddingEvent({ tenant, time, currency, payment: payment++ })]);
            }
          }
        }
        return tenant;
      };
      const names = (days: readonly { day: string; currency: string }[]) =>
        days.map(({ day, currency }) => `${day.slice(5)} ${currency}`);

      it('come newest first, each day once', async () => {
        const tenant = await fill();
        const seen: string[][] = [];
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(tenant, {
            limit: 3,
            after,
          });
          seen.push(names(page.days));
          expect(page.days.every(({ totals: of }) => of.captured?.count === 3)).toBe(true);
          after = page.next;
        } while (after !== null);
        expect(seen).toEqual([
          ['03-03 USD', '03-03 EUR', '03-02 USD'],
          ['03-02 EUR', '03-01 USD', '03-01 EUR'],
          ['02-28 USD', '02-28 EUR'],
        ]);
      });

      it('have no page behind one that is just full', async () => {
        const tenant = await fill();
        expect((await pageOf(tenant, { limit: 8 })).next).toBeNull();
        expect((await pageOf(tenant, { limit: 7 })).next).toBe('2026-02-28#USD');
      });

      it('come of a period, its first and last day among them', async () => {
        const tenant = await fill();
        const { days } = await pageOf(tenant, { from: '2026-03-01', to: '2026-03-02' });
        expect(names(days)).toEqual(['03-02 USD', '03-02 EUR', '03-01 USD', '03-01 EUR']);
      });

      it('come of one currency', async () => {
        const tenant = await fill();
        const first = await pageOf(tenant, { currency: 'EUR', limit: 3 });
        expect(names(first.days)).toEqual(['03-03 EUR', '03-02 EUR', '03-01 EUR']);
        const second = await pageOf(tenant, { currency: 'EUR', limit: 3, after: first.next });
        expect(names(second.days)).toEqual(['02-28 EUR']);
        expect(second.next).toBeNull();
      });

      it('have nothing of another tenant', async () => {
        const tenant = await fill();
        // A name that begins with the other's.
        expect((await pageOf(`${tenant}0`)).days).toEqual([]);
        expect((await pageOf(tenant.slice(0, -1))).days).toEqual([]);
      });
    });

    describe('in generations', () => {
      const rowsOf = async (generation: number) => {
        const rows = new Map<string, string>();
        for await (const { key, value } of totals.rows(generation)) {
          rows.set(key, value);
        }
        return rows;
      };

      it('are of each by itself', async () => {
        const tenant = aTenant();
        const event = anAddingEvent({ tenant });
        await take([event], 11);
        expect(await pageOf(tenant, {}, 1)).toEqual({ days: [], next: null });
        await take([event, anAddingEvent({ tenant, sequence: 2 })], 1);
        expect((await totalsOf(tenant, 11))?.captured?.count).toBe(1);
        expect((await totalsOf(tenant, 1))?.captured?.count).toBe(2);
      });

      it('have equal rows when they are of the same events, and tell any that differs', async () => {
        const tenant = aTenant();
        const events = [1, 2, 4].map((sequence) => anAddingEvent({ tenant, sequence }));
        await take(events, 12);
        await take(events.toReversed(), 13);
        expect(await rowsOf(13)).toEqual(await rowsOf(12));
        expect((await rowsOf(12)).size).toBe(2);
        await take([anAddingEvent({ tenant, sequence: 3, amount: 1 })], 13);
        const [before, after] = [await rowsOf(12), await rowsOf(13)];
        expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
        expect([...after].filter(([key, value]) => before.get(key) === value)).toEqual([]);
      });

      it('have each row by its key', async () => {
        await take([anAddingEvent({ tenant: aTenant() })], 14);
        const all: ProjectionRow[] = [];
        for await (const row of totals.rows(14)) {
          all.push(row);
        }
        for (const row of all) {
          expect(await totals.row(14, row.key)).toEqual(row);
          expect(await totals.row(15, row.key)).toBeNull();
        }
      });

      it('are cleared by themselves, and can be begun again', async () => {
        const tenant = aTenant();
        const events = Array.from({ length: 60 }, (_, payment) =>
          anAddingEvent({ tenant, payment }),
        );
        await take(events, 16);
        await take(events, 161);
        const before = await rowsOf(161);
        expect(await totals.clear(16)).toBe(before.size);
        expect(await rowsOf(16)).toEqual(new Map());
        expect(await rowsOf(161)).toEqual(before);
        await take(events, 16);
        expect(await rowsOf(16)).toEqual(before);
      });
    });
  });
}
