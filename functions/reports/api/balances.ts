import type { BalanceReportResource } from '../../../shared/contracts/reports.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import { balancesByDay, daysFrom } from '../../../shared/domain/reports/balances.ts';
import type { BookDay, Books } from '../../../shared/ports/ledger.ts';
import { periodOf } from '../../../shared/runtime/http/lists/period.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

interface BalancesQuery {
  readonly currency: Currency;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Reads what is the tenant's at the end of each day of a period:
 * 1. read the book first, so that the days have in them at least what `as_of` says, which is the book's
 * 2. add up the ledger's own totals of its days, from the first on: there is no other record of this
 * 3. a day that is not there yet has no end: today is the last, as it is so far
 */
export function getBalanceReport({
  read,
  days,
  now,
}: Pick<Books, 'read' | 'days'> & { readonly now: () => Date }) {
  return async <B>({ tenant, query }: HttpRequest<B, BalancesQuery>): Promise<HttpResponse> => {
    const { currency } = query;
    const { from, to } = periodOf(query, now());
    const book = await read(tenant, currency);
    const added: BookDay[] = [];
    for await (const day of days(tenant, currency, to)) {
      added.push(day);
    }
    const today = now().toISOString().slice(0, 10);
    const body: BalanceReportResource = {
      object: 'balance_report',
      currency,
      from,
      to,
      as_of: book?.asOf ?? null,
      data: balancesByDay(
        daysFrom(from, to).filter((day) => day <= today),
        added,
      ),
    };
    return { status: 200, body };
  };
}
