import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PayoutEvent } from '../../shared/contracts/events/payout-events.ts';
import { foldPayout } from '../../shared/domain/payout/fold.ts';
import { type Payout, renderPayout } from '../../shared/domain/payout/state.ts';
import { crashPlans } from '../support/sagas/crashing.ts';
import type { Asked, Call } from './payout-bank.ts';
import { amountMinor, type Fate, type Plan, payoutWorld } from './payout-world.ts';

/** More often than the faults of a plan can spoil what a sweeper or a person does. */
const rounds = 40;

const anyCalls = fc.array(
  fc.constantFrom<Call>(
    ...(['take', 'take', 'take lost', 'late', 'decline', 'lost', 'busy', 'busy', 'busy'] as const),
  ),
  { minLength: 1, maxLength: 16 },
);
/** The way back is the rarer one: let it be taken often, and the bank take a later order. */
const calls = fc.oneof(
  anyCalls,
  anyCalls.map((rest) => [...Array<'busy'>(4).fill('busy'), ...rest]),
);
const plans: fc.Arbitrary<Plan> = fc.record({
  faults: crashPlans,
  calls,
  inquiries: fc.array(fc.constantFrom<Asked>('ok', 'ok', 'no answer'), { maxLength: 6 }),
  fates: fc.array(
    fc.record({
      end: fc.constantFrom<Fate['end']>('payout.paid', 'payout.failed', 'none'),
      notices: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  executions: fc.integer({ min: 1, max: 3 }),
  lostAfter: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  sweeps: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
  affordable: fc.integer({ min: 0, max: 3 }),
});

describe('the payout saga under crashes', () => {
  it('keeps each cent in one place, wherever a task dies and whoever else is at work', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.scheduler(), async (plan, scheduler) => {
        const world = await payoutWorld(plan, scheduler);
        const { memory, ledger, bank, ids, stored } = world;
        await scheduler.waitFor(world.run());
        const isOpen = async () =>
          (await Promise.all(ids.map(stored))).some(({ status }) => status === 'processing');
        for (let round = 0; round < rounds && (await isOpen()); round++) {
          await scheduler.waitFor(world.settle());
        }

        expect(world.contradictions).toEqual([]);
        expect(world.leastAvailable()).toBeGreaterThanOrEqual(0);
        let goneMinor = 0;
        for (const id of ids) {
          const payout = await stored(id);
          const events = await memory.events(id);
          expect(foldPayout(events)).toEqual(payout);
          expect(renderPayout(payout)).toEqual(events.at(-1)?.data.payout);
          expect(events.map(({ sequence }) => sequence)).toEqual(
            events.map((_, position) => position + 1),
          );
          expect(strangersOf(events, world.writers)).toEqual([]);
          // No order went out that is not on record before it.
          expect(bank.sends.filter((sent) => sent === id).length).toBeLessThanOrEqual(payout.tries);

          const postings = ledger
            .transfers()
            .filter(({ operationId }) => operationId === id)
            .map(({ posting }) => posting);
          const place = placeOf(payout);
          expect(postings).toEqual(postingsTo[place]);
          const isGone = place === 'in transit' || place === 'bank';
          goneMinor += isGone ? amountMinor : 0;

          const hasOrder = bank.orders.has(id);
          const { end = 'none' } = world.fates.get(id) ?? {};
          const isTold = hasOrder && end !== 'none';
          if (isTold) {
            expect(payout.status).toBe(end === 'payout.paid' ? 'paid' : 'failed');
          } else {
            // It ends, and what the bank has is in transit: nothing of it is given back.
            expect(payout.status).toBe(hasOrder ? 'in_transit' : 'failed');
          }
          expect([payout.unknown, payout.parked]).toEqual([null, null]);
        }
        expect(await world.availableMinor()).toBe(world.fundedMinor - goneMinor);
      }),
      { numRuns: 600 },
    );
  });
});

/** What executions wrote that did not own the payout: from its reservation on one does, or none. */
function strangersOf(
  events: readonly PayoutEvent[],
  writers: ReadonlyMap<string, string | null>,
): readonly string[] {
  let owner: string | null = null;
  let isOwned = false;
  return events.flatMap((event) => {
    const writer = writers.get(event.id) ?? null;
    if (event.type === 'payout.reserved' || event.type === 'payout.taken_over') {
      owner = event.data.execution;
      isOwned = true;
      return writer === owner ? [] : [`${event.type} by ${writer}`];
    }
    const isStranger = writer !== null && isOwned && writer !== owner;
    if (event.type === 'payout.resumed' && isOwned) {
      owner = null;
    }
    return isStranger ? [`${event.type} by ${writer}, of ${owner}`] : [];
  });
}

/** Where the amount of a payout is. */
function placeOf({ reservation }: Payout): keyof typeof postingsTo {
  switch (reservation) {
    case 'held':
      return 'in transit';
    case 'paid':
      return 'bank';
    case 'returned':
      return 'back';
    case null:
      return 'available';
  }
}

/** The postings that bring an amount there, in their order. */
const postingsTo = {
  available: [],
  'in transit': ['payout'],
  bank: ['payout', 'payout_paid'],
  back: ['payout', 'payout_returned'],
} as const;
