import { nothingTaken, type Taken, take, takenText } from '../../../domain/projection/taken.ts';
import {
  additionOf,
  addTallies,
  type DayTotals,
  dayPosition,
  pageOfDays,
  talliesText,
} from '../../../domain/reports/daily-totals.ts';
import type { DailyTotals } from '../../../ports/projections/daily-totals.ts';
import type { ProjectionRow } from '../../../ports/projections/projections.ts';

interface Generation {
  /** By the payment's id. */
  readonly taken: Map<string, Taken>;
  /** By tenant and position. */
  readonly days: Map<string, DayTotals & { readonly tenant: string }>;
}

/** The totals of days in memory. */
export function memoryDailyTotals(): DailyTotals {
  const generations = new Map<number, Generation>();
  const of = (generation: number): Generation => {
    const known = generations.get(generation) ?? { taken: new Map(), days: new Map() };
    generations.set(generation, known);
    return known;
  };
  const rowsOf = (generation: number): ProjectionRow[] => {
    const { taken, days } = of(generation);
    return [
      ...[...taken].map(([id, events]) => ({ key: `PAYMENT#${id}`, value: takenText(events) })),
      ...[...days].map(([key, { totals }]) => ({ key, value: talliesText(totals) })),
    ];
  };
  return {
    project: async (event, generation) => {
      const { taken, days } = of(generation);
      const result = take(taken.get(event.subject) ?? nothingTaken, event.sequence);
      if (!result.fresh) {
        return false;
      }
      taken.set(event.subject, result.taken);
      const { tenant } = event;
      const addition = additionOf(event);
      if (Object.keys(addition.totals).length > 0) {
        const key = `TENANT#${tenant}#${dayPosition(addition)}`;
        const totals = addTallies(days.get(key)?.totals ?? {}, addition.totals);
        days.set(key, { ...addition, tenant, totals });
      }
      return true;
    },
    list: async ({ tenant, from, to, currency, limit, after }, generation) =>
      pageOfDays(
        [...of(generation).days.values()]
          .filter((day) => day.tenant === tenant && from <= day.day && day.day <= to)
          .filter((day) => currency === null || day.currency === currency)
          .filter((day) => after === null || dayPosition(day) < after)
          .map(({ tenant: _, ...day }) => day),
        limit,
      ),
    rows: async function* (generation) {
      yield* rowsOf(generation);
    },
    row: async (generation, key) => rowsOf(generation).find((row) => row.key === key) ?? null,
    clear: async (generation) => {
      const rows = rowsOf(generation).length;
      generations.delete(generation);
      return rows;
    },
  };
}
