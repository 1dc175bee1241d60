import type { CreatePayoutBody } from '../../../shared/contracts/payouts.ts';
import { payoutId, requestPayout } from '../../../shared/domain/payout/change.ts';
import { payoutFactOf } from '../../../shared/domain/payout/fold.ts';
import { isSent, renderPayout } from '../../../shared/domain/payout/state.ts';
import type { AcceptPayout, LoadPayout } from '../../../shared/ports/payouts/payouts.ts';
import {
  hashOf,
  idempotencyKeyOf,
  refuseOtherRequest,
} from '../../../shared/runtime/http/idempotent/idempotency-key.ts';
import { answerWithin } from '../../../shared/runtime/http/idempotent/prefer-wait.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { count, logAs } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

/**
 * Takes a payout:
 * 1. the idempotency key must be usable; it names the payout: derive its id, and the request's hash
 * 2. write the first change if the payout is not there; one network call
 * 3. it was there: the same request gets the first answer again, another one 422
 * 4. with `Prefer: wait`, answer 200 as soon as the bank has it or it is over, else 202
 *
 * Whether so much is available is for the saga to see, with the transfer itself: by then another
 * answer than now may be right.
 */
export function createPayout(deps: {
  readonly accept: AcceptPayout;
  readonly load: LoadPayout;
  readonly nextStamp: NextStamp;
}) {
  return async <Q>(request: HttpRequest<CreatePayoutBody, Q>): Promise<HttpResponse> => {
    const id = payoutId(request.tenant, idempotencyKeyOf(request.headers));
    logAs({ payout_id: id });
    const requestHash = hashOf(request.body);
    const change = requestPayout(
      {
        id,
        tenant: request.tenant,
        request: request.body,
        requestHash,
        correlationId: request.correlationId,
        requestId: request.requestId,
      },
      deps.nextStamp(),
    );
    const result = await deps.accept(change);
    const replayed = result.kind === 'exists';
    const first = replayed ? result.first : change.event;
    const fact = payoutFactOf(first);
    if (fact.type === 'payout.requested') {
      refuseOtherRequest(fact.facts.request_hash, requestHash);
    }
    if (replayed) {
      count('IdempotentReplay');
    }
    const headers = {
      // Relative to /payouts, so that it holds behind a stage path and behind a domain of one's own.
      Location: `payouts/${id}`,
      ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
    };
    return answerWithin(request.headers, { headers, body: first.data.payout }, async () => {
      const payout = await deps.load(id);
      return payout && isSent(payout.status) ? renderPayout(payout) : null;
    });
  };
}
