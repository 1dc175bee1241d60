import type { ListPayoutEvents } from '../../../shared/ports/payouts/payouts.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

const payouts = byPathId('payout');

/** Reads what happened to one payout, in order; a stranger's payout is not found. */
export function listPayoutEvents(events: ListPayoutEvents) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const id = payouts.idOf(request);
    logAs({ payout_id: id });
    const history = await events(id);
    if (history[0]?.tenant !== request.tenant) {
      throw payouts.notFound();
    }
    return { status: 200, body: { object: 'list', data: history, next_cursor: null } };
  };
}
