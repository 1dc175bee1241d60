import { trialBalance } from '../../../shared/domain/ledger/reports/trial-balance.ts';
import type { Books } from '../../../shared/ports/ledger.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

/** Reads the tenant's trial balance: each currency from its one book, so each holds at any time. */
export function getTrialBalance(readAll: Books['readAll']) {
  return async <B, Q>({ tenant }: HttpRequest<B, Q>): Promise<HttpResponse> => ({
    status: 200,
    body: trialBalance(await readAll(tenant)),
  });
}
