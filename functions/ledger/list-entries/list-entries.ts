import { ApiError } from '../../../shared/contracts/errors.ts';
import { parseAccountId } from '../../../shared/domain/ledger/accounts.ts';
import { renderEntry } from '../../../shared/domain/ledger/reports/entry.ts';
import type { Books, ListEntries } from '../../../shared/ports/ledger.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { cursorOf, positionOf } from './cursor.ts';

interface EntriesQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * Lists the transfers of one account, newest first:
 * 1. an id that names no account of the chart is not found
 * 2. read the page that starts strictly after the cursor
 * 3. an account in a currency that the tenant never had a transfer in is not found either; only an
 *    empty page leaves that open, so only then the book is read
 */
export function listEntries(deps: { readonly entries: ListEntries; readonly read: Books['read'] }) {
  return async <B>(request: HttpRequest<B, EntriesQuery>): Promise<HttpResponse> => {
    const { tenant, path, query } = request;
    const account = parseAccountId(path.account_id ?? '');
    if (!account) {
      throw notFound();
    }
    const { code, currency } = account;
    const after = query.cursor === undefined ? null : positionOf(query.cursor);
    const page = await deps.entries({ tenant, currency, account: code, limit: query.limit, after });
    if (page.transfers.length === 0 && !(await deps.read(tenant, currency))) {
      throw notFound();
    }
    return {
      status: 200,
      body: {
        object: 'list',
        data: page.transfers.map((transfer) => renderEntry(transfer, code)),
        next_cursor: page.next === null ? null : cursorOf(page.next),
      },
    };
  };
}

function notFound(): ApiError {
  return new ApiError('not_found', 'There is no account with this id.');
}
