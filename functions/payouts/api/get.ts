import { renderPayout } from '../../../shared/domain/payout/state.ts';
import type { LoadPayout, LoadPayoutEvent } from '../../../shared/ports/payouts/payouts.ts';
import {
  answerVersion,
  type VersionQuery,
  type Versions,
} from '../../../shared/runtime/http/lists/history.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

const payouts = byPathId('payout');

/** Reads one payout: as it is now, or as one of its events left it, which is what that event says. */
export function getPayout({
  load,
  event,
}: {
  readonly load: LoadPayout;
  readonly event: LoadPayoutEvent;
}) {
  const versions: Versions = {
    now: async (id) => {
      const payout = await load(id);
      return payout && { ...payout, body: renderPayout(payout) };
    },
    at: async (id, version) => {
      const left = await event(id, version);
      return left && { tenant: left.tenant, version, body: left.data.payout };
    },
  };
  return async <B>(request: HttpRequest<B, VersionQuery>): Promise<HttpResponse> => {
    const id = payouts.idOf(request);
    logAs({ payout_id: id });
    return answerVersion(versions, id, request, payouts.notFound);
  };
}
