import type { LoadPayout, PagePayoutEvents } from '../../../shared/ports/payouts/payouts.ts';
import { answerHistory, type HistoryQuery } from '../../../shared/runtime/http/lists/history.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

const payouts = byPathId('payout');

/** Reads a page of what happened to one payout, in order; a stranger's payout is not found. */
export function listPayoutEvents({
  load,
  eventPage,
}: {
  readonly load: LoadPayout;
  readonly eventPage: PagePayoutEvents;
}) {
  return async <B>(request: HttpRequest<B, HistoryQuery>): Promise<HttpResponse> => {
    const id = payouts.idOf(request);
    logAs({ payout_id: id });
    return answerHistory({ load, eventPage }, id, request, payouts.notFound);
  };
}
