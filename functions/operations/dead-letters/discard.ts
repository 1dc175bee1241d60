import type { DiscardDeadLetterBody } from '../../../shared/contracts/operations/dead-letters.ts';
import { discard } from '../../../shared/runtime/dead-letters/discard.ts';
import { requireOperator } from '../../../shared/runtime/http/entry/operator.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import {
  type ActDependencies,
  isDone,
  letterIdOf,
  lost,
  notInSight,
  permitOn,
  untilSeen,
} from './letters.ts';

/**
 * Discards one letter for good:
 * 1. take it; while others have letters and it is not among those in sight, look again
 * 2. one that was discarded before, so long ago that it is gone, is discarded; one that was redriven is 409, one that never was 404
 * 3. the policies have to permit it, by what is at risk and who approved it
 * 4. discard it, as the operator that asks
 */
export function discardDeadLetter(deps: ActDependencies) {
  return async <Q>(request: HttpRequest<DiscardDeadLetterBody, Q>): Promise<HttpResponse> => {
    requireOperator(request.principal);
    const id = letterIdOf(request);
    const { reason, approval_id: approvalId } = request.body;
    const order = {
      edges: await deps.edges(),
      id,
      reason,
      by: request.principal.id,
      permit: permitOn(deps, request, { act: 'dead_letter.discard', approvalId }),
    };
    const done = await untilSeen(
      () => discard(deps, order),
      (seen) => seen.kind === 'gone' && seen.takenByOthers > 0,
    );
    if (done.kind === 'not_held') {
      throw lost();
    }
    if (done.kind === 'gone') {
      const now = deps.now();
      if (done.last?.action !== 'dlq.discard' || !isDone(done, now)) {
        throw notInSight(done, now);
      }
    }
    return { status: 200, body: { object: 'dead_letter_discard', id, discarded: true } };
  };
}
