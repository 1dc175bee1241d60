import { limitOf } from '../../../shared/domain/ledger/accounts.ts';
import { renderAccount, touchedAccounts } from '../../../shared/domain/ledger/book.ts';
import type { Books, ReadLimited } from '../../../shared/ports/ledger.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

/**
 * Lists the accounts of the tenant by id, with their balances; a chart and the currencies of one
 * tenant make a short list, so it is one page:
 * 1. read the books, and take the accounts that a transfer has touched
 * 2. of the limited ones, read what is available of them now
 */
export function listAccounts(deps: {
  readonly readAll: Books['readAll'];
  readonly readLimited: ReadLimited;
}) {
  return async <B, Q>({ tenant }: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const books = await deps.readAll(tenant);
    const touched = books.flatMap((book) => touchedAccounts(book).map((code) => ({ book, code })));
    const accounts = await Promise.all(
      touched.map(async ({ book, code }) => {
        const limited = limitOf(code) && (await deps.readLimited(tenant, book.currency, code));
        return renderAccount(book, code, limited?.availableMinor ?? null);
      }),
    );
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
