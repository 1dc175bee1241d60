import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryDailyTotals } from '../../shared/adapters/memory/projections/daily-totals.ts';
import { balancesOf } from '../../shared/domain/ledger/reports/statement.ts';
import { dayOf, type PostingName, zeroCounters } from '../../shared/domain/ledger/transfer.ts';
import { balancesByDay, daysFrom } from '../../shared/domain/reports/balances.ts';
import {
  type DayTotals,
  dayPosition,
  type TotalName,
} from '../../shared/domain/reports/daily-totals.ts';
import type { BookDay } from '../../shared/ports/ledger.ts';
import { compareGenerations } from '../../shared/runtime/projections/compare.ts';
import { fill } from '../../shared/runtime/projections/fill.ts';
import { checkDays, checkTotals } from '../support/invariants/totals.ts';
import { type Command, lifecycleCurrencies, sequence } from './commands.ts';
import { type LifecycleWorld, lifecycleWorld } from './world.ts';

const [first, last] = ['2026-01-01', '2027-12-31'];
const numRuns = 1_000;

async function worldAfter(commands: readonly Command[]): Promise<LifecycleWorld> {
  const world = lifecycleWorld();
  for (const command of commands) {
    await world.carryOut(command);
  }
  await world.foldAll();
  return world;
}

async function daysOf(
  { tenant }: LifecycleWorld,
  totals: ReturnType<typeof memoryDailyTotals>,
  generation = 1,
): Promise<readonly DayTotals[]> {
  const period = { from: first, to: last, currency: null, limit: 10_000, after: null };
  return (await totals.list({ tenant, ...period }, generation)).days;
}

/** What the ledger has for the same things, by the postings that come with their events. */
const postingsOf: readonly (readonly [PostingName, ...TotalName[]])[] = [
  ['captured', 'captured'],
  ['fee', 'fees'],
  ['refund_confirmed', 'refunded'],
  ['chargeback', 'disputes_opened', 'dispute_fees'],
];

/** Each day's totals are what the ledger posted on it: another record, written otherwise. */
function checkAgainstLedger({ ledger }: LifecycleWorld, days: readonly DayTotals[]): number {
  let compared = 0;
  for (const [posting, ...names] of postingsOf) {
    const posted = new Map<string, bigint>();
    for (const transfer of ledger.transfers().filter((one) => one.posting === posting)) {
      const day = dayPosition({ ...transfer, day: dayOf(transfer) });
      posted.set(day, (posted.get(day) ?? 0n) + BigInt(transfer.amountMinor));
    }
    const counted = days.flatMap((day) => {
      const amount = names.reduce((sum, name) => sum + (day.totals[name]?.amountMinor ?? 0n), 0n);
      return amount === 0n ? [] : [[dayPosition(day), amount] as const];
    });
    expect(new Map(counted), posting).toEqual(posted);
    compared += posted.size;
  }
  return compared;
}

describe('the totals of days', () => {
  it('are the same whatever the order in which events come, and however often', async () => {
    let several = 0;
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(sequence, fc.gen(), async (commands, draw) => {
        const world = await worldAfter(commands);
        const { payments, paymentIds } = world;
        const events = payments.allEvents;
        const again = draw(() => fc.subarray([...events]));
        const all = [...events, ...again];
        const order = draw(() => fc.shuffledSubarray(all, { minLength: all.length }));
        const totals = memoryDailyTotals();
        for (const event of order) {
          await totals.project(event, 1);
        }
        const days = await daysOf(world, totals);
        checkDays(days, events);
        const states = await Promise.all(paymentIds.map((id) => payments.load(id)));
        const known = states.filter((state) => state !== null);
        for (const currency of lifecycleCurrencies) {
          checkTotals(
            days.filter((day) => day.currency === currency),
            known.filter(({ request }) => request.currency === currency),
          );
        }
        several += Number(new Set(days.map(({ day }) => day)).size > 1);
        compared += checkAgainstLedger(world, days);
      }),
      { numRuns, seed: 1 },
    );
    expect(several).toBeGreaterThan(numRuns / 20);
    expect(compared).toBeGreaterThan(numRuns);
  }, 300_000);

  it('are, made anew from the store, what they were', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.gen(), async (commands, draw) => {
        const { payments } = await worldAfter(commands);
        const totals = memoryDailyTotals();
        const events = [...payments.allEvents];
        const order = draw(() => fc.shuffledSubarray(events, { minLength: events.length }));
        // Some come while it is filled: into both, as by the projectors.
        const meanwhile = draw(() => fc.subarray(order));
        for (const event of order) {
          await totals.project(event, 1);
        }
        const filled = fill(
          { ...payments, rows: totals, tell: () => {}, isWanted: async () => true },
          2,
        );
        for (const event of meanwhile) {
          await totals.project(event, 2);
        }
        await filled;
        const { rows, differences } = await compareGenerations(
          { rows: totals, pause: async () => {} },
          1,
          2,
        );
        expect(differences).toEqual([]);
        expect(rows).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  }, 300_000);
});

describe('the balances of days', () => {
  it('end with what the accounts of the ledger have, limited ones too', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (commands) => {
        const { books, ledger, tenant } = await worldAfter(commands);
        for (const { currency, accounts, asOf } of await books.readAll(tenant)) {
          const added: BookDay[] = [];
          for await (const day of books.days(tenant, currency, last)) {
            added.push(day);
          }
          const report = balancesByDay(daysFrom(first, asOf.slice(0, 10)), added).at(-1);
          for (const code of ['merchant_payable', 'refunds_in_transit', 'merchant_debt'] as const) {
            const { postedMinor, pendingMinor } = balancesOf(code, accounts[code] ?? zeroCounters);
            expect(report?.[code]).toEqual({ posted: postedMinor, pending: pendingMinor });
          }
          for (const code of ['merchant_available', 'merchant_debt'] as const) {
            const { counters } = await ledger.readLimited(tenant, currency, code);
            expect(report?.[code].posted).toBe(balancesOf(code, counters).postedMinor);
          }
        }
      }),
      { numRuns: 200 },
    );
  }, 300_000);
});
