import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movingWorld, rowsOf } from '../../../test/support/projections/moving-world.ts';
import { memoryPaymentList } from '../../adapters/memory/payments/payment-list.ts';
import { memoryDailyTotals } from '../../adapters/memory/projections/daily-totals.ts';
import type { PaymentResource } from '../../contracts/payment.ts';

const tapes = fc.array(fc.nat({ max: 9_999 }), { minLength: 400, maxLength: 1_500, size: 'max' });

/** Readers that remember which payments they have seen, and at which version. */
function remembering(list: ReturnType<typeof memoryPaymentList>) {
  const seen = [new Map<string, number>(), new Map<string, number>()];
  return async (reader: number, generation: number) => {
    const now = new Map<string, number>();
    for await (const { value } of list.rows(generation)) {
      const [, { id, version }] = JSON.parse(value) as [string, PaymentResource];
      now.set(id, version);
    }
    for (const [id, version] of seen[reader] ?? []) {
      expect(now.get(id) ?? 0).toBeGreaterThanOrEqual(version);
    }
    seen[reader] = now;
  };
}

async function expectedRows(world: ReturnType<typeof movingWorld>): Promise<string[]> {
  const list = memoryPaymentList();
  for (const event of world.store.allEvents) {
    await list.project(event, 1);
  }
  return rowsOf(list, 1);
}

describe('a rebuild of the payment list', () => {
  it.each([1, 2])(
    'by %i at once ends with the rows that all events make, whatever goes on meanwhile and wherever it is killed, and nobody misses what they have seen',
    async (rebuilders) => {
      await fc.assert(
        fc.asyncProperty(tapes, async (numbers) => {
          const list = memoryPaymentList();
          const world = movingWorld('payment_list', list, [...numbers], {
            onRead: remembering(list),
          });
          for (let before = 0; before < 20; before++) {
            await world.happen();
          }
          await Promise.all(Array.from({ length: rebuilders }, world.rebuild));
          await world.comeToRest();
          const control = await world.controls.read('payment_list');
          expect(control).toMatchObject({ beside: null, leaving: null });
          expect(control.live).toBeGreaterThan(1);
          expect(await rowsOf(list, control.live)).toEqual(await expectedRows(world));
          // One that is slow writes on, for a moment, into what another one has given up.
          for (let gone = 1; gone <= (rebuilders === 1 ? control.last : 1); gone++) {
            if (gone !== control.live) {
              expect(await rowsOf(list, gone)).toEqual([]);
            }
          }
        }),
        { numRuns: 400 },
      );
    },
  );

  it('is as good for the daily totals', async () => {
    await fc.assert(
      fc.asyncProperty(tapes, async (numbers) => {
        const totals = memoryDailyTotals();
        const world = movingWorld('daily_totals', totals, [...numbers]);
        await world.rebuild();
        await world.comeToRest();
        const expected = memoryDailyTotals();
        for (const event of world.store.allEvents) {
          await expected.project(event, 1);
        }
        const { live } = await world.controls.read('daily_totals');
        expect(await rowsOf(totals, live)).toEqual(await rowsOf(expected, 1));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same rows for any order of the same events, and any duplicates', async () => {
    const orders = fc.array(fc.nat({ max: 9_999 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(tapes, orders, async (numbers, order) => {
        const world = movingWorld('payment_list', memoryPaymentList(), [...numbers]);
        for (let step = 0; step < 60; step++) {
          await world.happen();
        }
        const events = world.store.allEvents;
        const list = memoryPaymentList();
        for (const index of [
          ...order.map((n) => n % Math.max(1, events.length)),
          ...events.keys(),
        ]) {
          const event = events[index];
          if (event) {
            await list.project(event, 1);
          }
        }
        expect(await rowsOf(list, 1)).toEqual(await expectedRows(world));
      }),
    );
  });
});
