import { renderAccounts } from '../../../shared/domain/ledger/book.ts';
import type { Books } from '../../../shared/ports/ledger.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

/**
 * Lists the open accounts of the tenant by id, with their balances. A chart and the currencies of
 * one tenant make a short list, so it is one page.
 */
export function listAccounts(readAll: Books['readAll']) {
  return async <B, Q>({ tenant }: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const accounts = (await readAll(tenant)).flatMap(renderAccounts);
    return {
      status: 200,
      body: {
        object: 'list',
        data: accounts.sort((a, b) => (a.id < b.id ? -1 : 1)),
        next_cursor: null,
      },
    };
  };
}
