import { ApiError } from '../../../shared/contracts/errors.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import { renderDayTotals } from '../../../shared/domain/reports/daily-totals.ts';
import type { ListDailyTotals } from '../../../shared/ports/projections/daily-totals.ts';
import type { ReadGenerations } from '../../../shared/ports/projections/projections.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import { type Period, periodOf } from '../../../shared/runtime/http/lists/period.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

interface DailyTotalsQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const day = String.raw`\d{4}-\d\d-\d\d`;
const form = new RegExp(String.raw`^${day}\|${day}\|(?:[A-Z]{3})?\|${day}#[A-Z]{3}$`);

/**
 * Reads a page of what the tenant's days came to, newest first. A cursor carries its period, so that
 * the pages are of one also where the query leaves it to the day on which it is asked, and its currency.
 */
export function listDailyTotals(deps: {
  readonly list: ListDailyTotals;
  readonly generations: ReadGenerations;
  readonly now: () => Date;
}) {
  return async <B>({ tenant, query }: HttpRequest<B, DailyTotalsQuery>): Promise<HttpResponse> => {
    const begun = decode(query);
    const { from, to } = begun?.period ?? periodOf(query, deps.now());
    const { live } = await deps.generations('daily_totals');
    const { limit, currency = null } = query;
    const { days, next } = await deps.list(
      { tenant, from, to, currency, limit, after: begun?.after ?? null },
      live,
    );
    const cursor = cursorOf(next === null ? null : `${from}|${to}|${currency ?? ''}|${next}`);
    return {
      status: 200,
      body: { object: 'list', data: days.map(renderDayTotals), next_cursor: cursor },
    };
  };
}

/**
 * How far the page before came, and in which period; null for the first page.
 *
 * @throws ApiError `invalid_request` for a cursor that this list never gave out, or gave out in another
 *   period or currency than is asked for with it
 */
function decode(
  query: DailyTotalsQuery,
): { readonly period: Period; readonly after: string } | null {
  const position = positionOf(query.cursor, form);
  if (position === null) {
    return null;
  }
  const [from = '', to = '', currency = '', after = ''] = position.split('|');
  const isOfThePeriod = (query.from ?? from) === from && (query.to ?? to) === to;
  if (currency !== (query.currency ?? '')) {
    throw ofAnother('currency');
  }
  if (!isOfThePeriod || after < from || after > `${to}~`) {
    throw ofAnother('period');
  }
  return { period: { from, to }, after };
}

function ofAnother(what: 'period' | 'currency'): ApiError {
  return new ApiError('invalid_request', 'The cursor is of another list.', {
    errors: [{ path: '?/cursor', message: `is of another ${what}` }],
  });
}
