import { memoryDailyTotals } from '../../../../shared/adapters/memory/projections/daily-totals.ts';
import type { PaymentEvent } from '../../../../shared/contracts/events/payment-events.ts';
import {
  type DayTotals,
  type Tallies,
  type Tally,
  type TotalName,
  totalNames,
} from '../../../../shared/domain/reports/daily-totals.ts';
import type { DailyTotals } from '../../../../shared/ports/projections/daily-totals.ts';
import type { ReadGenerations } from '../../../../shared/ports/projections/projections.ts';
import { eventsOf, type Finding, type Rehearse } from './rehearsal.ts';

const anyDay = { from: '0000-01-01', to: '9999-12-31' };

/**
 * The totals of days:
 * 1. take the events into totals that are empty
 * 2. compare each day with the one that is there. Where the events are not all of the day's, the one
 *    that is there has more
 */
export function rehearseTotals(
  live: Pick<DailyTotals, 'list'>,
  generations: ReadGenerations,
): Rehearse {
  return async function* (parts) {
    const made = memoryDailyTotals();
    const tenants = new Set<string>();
    for await (const event of eventsOf<PaymentEvent>(parts)) {
      tenants.add(event.tenant);
      await made.project(event, 1);
    }
    const { live: generation } = await generations('daily_totals');
    for (const tenant of tenants) {
      const query = { tenant, currency: null, limit: 100 };
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<DailyTotals['list']>> = await made.list(
          { ...query, ...anyDay, after },
          1,
        );
        for (const day of page.days) {
          const { day: from, currency } = day;
          const one = { ...query, from, to: from, currency, after: null };
          const { days } = await live.list(one, generation);
          yield findingOf(tenant, day, days[0] ?? null);
        }
        after = page.next;
      } while (after !== null);
    }
  };
}

function findingOf(tenant: string, would: DayTotals, there: DayTotals | null): Finding {
  const told = {
    of: `${would.day} ${would.currency} of ${tenant}`,
    would: textsOf(would.totals),
    there: there && textsOf(there.totals),
  };
  if (!there) {
    return { ...told, is: 'missing', says: 'no totals are there' };
  }
  const differing = totalNames.filter(
    (name) => textOf(would.totals, name) !== textOf(there.totals, name),
  );
  if (differing.length === 0) {
    return { ...told, is: 'same', says: 'the totals are there' };
  }
  const says = differing
    .map((name) => `${name} ${textOf(there.totals, name)} and not ${textOf(would.totals, name)}`)
    .join(', ');
  const hasAll = differing.every((name) => hasMore(tallyOf(there, name), tallyOf(would, name)));
  return { ...told, is: hasAll ? 'ahead' : 'differs', says: `the day has ${says}` };
}

/** More of them, and not less money: what the events of others on the day come to. */
function hasMore(there: Tally, would: Tally): boolean {
  return there.count > would.count && there.amountMinor >= would.amountMinor;
}

function tallyOf({ totals }: Pick<DayTotals, 'totals'>, name: TotalName): Tally {
  return totals[name] ?? { count: 0, amountMinor: 0n };
}

/** How many, and how much in minor units. */
function textOf(totals: Tallies, name: TotalName): string {
  const { count, amountMinor } = tallyOf({ totals }, name);
  return `${count} (${amountMinor})`;
}

function textsOf(totals: Tallies): Record<string, string> {
  return Object.fromEntries(
    totalNames.flatMap((name) => (totals[name] ? [[name, textOf(totals, name)]] : [])),
  );
}
