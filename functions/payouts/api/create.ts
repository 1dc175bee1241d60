import type { CreatePayoutBody } from '../../../shared/contracts/payouts/payouts.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { payoutId, requestPayout } from '../../../shared/domain/payout/change.ts';
import { payoutFactOf } from '../../../shared/domain/payout/fold.ts';
import { isSent, renderPayout } from '../../../shared/domain/payout/state.ts';
import type { AppendOperatorAct, OperatorAct } from '../../../shared/ports/operator-log.ts';
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
 * 2. unless the payout is there, put on record who asks for it: once, as often as the same caller asks
 * 3. write the first change if the payout is not there
 * 4. it was there: the same request gets the first answer again, another one 422
 * 5. with `Prefer: wait`, answer 200 as soon as the bank has it or it is over, else 202
 *
 * Whether so much is available is for the saga to see, with the transfer itself: by then another
 * answer than now may be right.
 */
export function createPayout(deps: {
  readonly accept: AcceptPayout;
  readonly load: LoadPayout;
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
}) {
  return async <Q>(request: HttpRequest<CreatePayoutBody, Q>): Promise<HttpResponse> => {
    const id = payoutId(request.tenant, idempotencyKeyOf(request.headers));
    logAs({ payout_id: id });
    const requestHash = hashOf(request.body);
    if ((await deps.load(id)) === null) {
      await deps.log(actOf(id, request, requestHash, deps.nextStamp().time));
    }
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

/**
 * Who asks for a payout, as it goes on record. Another request under the same key, and the same by
 * somebody else, are acts of their own: of those that come at once one becomes the payout.
 */
function actOf(
  id: string,
  { principal, tenant, body }: Pick<HttpRequest<CreatePayoutBody>, 'principal' | 'tenant' | 'body'>,
  requestHash: string,
  time: string,
): OperatorAct {
  return {
    id: derivedId('act', 'payout.create', id, requestHash, principal.id),
    time,
    by: principal.id,
    action: 'payout.create',
    subject: id,
    // A request has no place for one.
    reason: '',
    details: {
      tenant,
      amount: String(body.amount),
      currency: body.currency,
      destination: body.destination,
      request_hash: requestHash,
    },
  };
}
