import { ApiError } from '../../../shared/contracts/errors.ts';
import { limitOf, parseAccountId } from '../../../shared/domain/ledger/accounts.ts';
import { renderAccount } from '../../../shared/domain/ledger/book.ts';
import type { Books, ReadLimited } from '../../../shared/ports/ledger.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

/**
 * Reads one account:
 * 1. an id that names no account of the chart is not found
 * 2. nor is an account in a currency that the tenant never had a transfer in
 * 3. the others are there from the book's first transfer on, with zeros until one touches them
 * 4. of a limited one, read what is available of it now
 */
export function getAccount(deps: {
  readonly read: Books['read'];
  readonly readLimited: ReadLimited;
}) {
  return async <B, Q>({ tenant, path }: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const account = parseAccountId(path.account_id ?? '');
    const book = account && (await deps.read(tenant, account.currency));
    if (!account || !book) {
      throw new ApiError('not_found', 'There is no account with this id.');
    }
    const { code, currency } = account;
    const limited = limitOf(code) && (await deps.readLimited(tenant, currency, code));
    return { status: 200, body: renderAccount(book, code, limited?.availableMinor ?? null) };
  };
}
