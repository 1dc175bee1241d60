import { ApiError } from '../../../shared/contracts/errors.ts';
import type { LedgerStatementResource } from '../../../shared/contracts/ledger.ts';
import {
  type AccountCode,
  accountId,
  parseAccountId,
} from '../../../shared/domain/ledger/accounts.ts';
import { addCounters } from '../../../shared/domain/ledger/book.ts';
import { renderEntry } from '../../../shared/domain/ledger/reports/entry.ts';
import {
  type Balances,
  balancesOf,
  withBalances,
} from '../../../shared/domain/ledger/reports/statement.ts';
import { zeroCounters } from '../../../shared/domain/ledger/transfer.ts';
import type { BookDay, Books, ListEntriesOfDays } from '../../../shared/ports/ledger.ts';
import { periodOf } from '../../../shared/runtime/http/lists/period.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { decodeProgress, encodeProgress, type Progress } from './cursor.ts';

interface StatementQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Dependencies extends Pick<Books, 'read' | 'days'> {
  readonly entries: ListEntriesOfDays;
  readonly now: () => Date;
}

/**
 * Reads the statement of an account, a page at a time:
 * 1. an id that names no account of the chart is not found, nor is one in a currency that the
 *    tenant never had a transfer in
 * 2. on the first page, opening and closing are the sums of the days before the period and up to
 *    its end. The book was read before, so they have in them at least what `as_of` says
 * 3. on a later page, go on with the period, the sums and the balances of the page before
 * 4. read the entries behind it, and run the balances on over them
 *
 * The days and the indexes follow the ledger within moments, each for itself: a period that is over
 * for longer adds up to its closing, and one that is not may lack the last entries of either.
 */
export function getStatement({ read, days, entries, now }: Dependencies) {
  return async <B>(request: HttpRequest<B, StatementQuery>): Promise<HttpResponse> => {
    const { tenant, path, query } = request;
    const account = parseAccountId(path.account_id ?? '');
    const book = account && (await read(tenant, account.currency));
    if (!account || !book) {
      throw new ApiError('not_found', 'There is no account with this id.');
    }
    const { code, currency } = account;
    const id = accountId(code, currency);
    const begin = async (): Promise<Progress> => {
      const period = periodOf(query, now());
      const sums = await sumsAround(code, period.from, days(tenant, currency, period.to));
      const start = { position: null, balances: sums.opening };
      return { accountId: id, ...period, asOf: book.asOf, ...sums, ...start };
    };
    const before = decodeProgress(query.cursor, id, query) ?? (await begin());
    const { from, to, position: after } = before;
    const { limit } = query;
    const page = await entries({ tenant, currency, account: code, from, to, limit, after });
    const running = withBalances(code, before.balances, page.transfers);
    const body: LedgerStatementResource = {
      object: 'ledger_statement',
      account: id,
      currency,
      from,
      to,
      opening: render(before.opening),
      closing: render(before.closing),
      as_of: before.asOf,
      data: running.map(({ transfer, after: balances }) => ({
        ...renderEntry(transfer, code),
        balance: balances.postedMinor,
        pending: balances.pendingMinor,
      })),
      next_cursor:
        page.next === null
          ? null
          : encodeProgress({
              ...before,
              position: page.next,
              balances: running.at(-1)?.after ?? before.balances,
            }),
    };
    return { status: 200, body };
  };
}

/** What an account was worth before a day, and after the last of the days given. */
async function sumsAround(code: AccountCode, from: string, days: AsyncIterable<BookDay>) {
  let before = zeroCounters;
  let after = zeroCounters;
  for await (const { day, accounts } of days) {
    after = addCounters(after, accounts[code] ?? zeroCounters);
    before = day < from ? after : before;
  }
  return { opening: balancesOf(code, before), closing: balancesOf(code, after) };
}

function render({ postedMinor, pendingMinor }: Balances) {
  return { posted: postedMinor, pending: pendingMinor };
}
