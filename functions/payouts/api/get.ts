import { renderPayout } from '../../../shared/domain/payout/state.ts';
import type { LoadPayout } from '../../../shared/ports/payouts/payouts.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

const payouts = byPathId('payout');

/**
 * Reads one payout:
 * 1. a payout of another tenant is as absent as one that was never made
 * 2. a client that has this version already gets 304
 */
export function getPayout(load: LoadPayout) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const id = payouts.idOf(request);
    logAs({ payout_id: id });
    const payout = await load(id);
    if (payout?.tenant !== request.tenant) {
      throw payouts.notFound();
    }
    const etag = `"${payout.version}"`;
    if (request.headers.get('if-none-match') === etag) {
      return { status: 304, headers: { ETag: etag }, body: '' };
    }
    return { status: 200, headers: { ETag: etag }, body: renderPayout(payout) };
  };
}
