import type { RedriveDeadLetterBody } from '../../../shared/contracts/operations/dead-letters.ts';
import { lastActOn } from '../../../shared/runtime/dead-letters/operator.ts';
import { redrive } from '../../../shared/runtime/dead-letters/redrive.ts';
import { renderLetter } from '../../../shared/runtime/dead-letters/render.ts';
import { requireOperator } from '../../../shared/runtime/http/entry/operator.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import {
  type ActDependencies,
  letterIdOf,
  lost,
  notInSight,
  permitOn,
  untilSeen,
} from './letters.ts';

/**
 * Redrives one letter, or says what that would come to:
 * 1. take it; while others have letters and it is not among those in sight, look again
 * 2. a letter that is gone is 409 with what was done to it, and so is one that may be there all the same;
 *    one that never was is 404
 * 3. a dry run ends here, and a letter whose verdict is against it
 * 4. the policies have to permit it, by what is at risk and who approved it
 * 5. redrive it, as the operator that asks
 */
export function redriveDeadLetter(deps: ActDependencies) {
  return async <Q>(request: HttpRequest<RedriveDeadLetterBody, Q>): Promise<HttpResponse> => {
    requireOperator(request.principal);
    const id = letterIdOf(request);
    const { dry_run, force, reason, approval_id: approvalId } = request.body;
    const order = {
      edges: await deps.edges(),
      ids: new Set([id]),
      isReal: !dry_run,
      force: force ? reason : null,
      reason,
      by: request.principal.id,
      permit: permitOn(deps, request, { act: 'dead_letter.redrive', approvalId, force }),
    };
    const { redriven, takenByOthers, more } = await untilSeen(
      () => redrive(deps, order),
      (seen) => seen.redriven.length === 0 && seen.takenByOthers > 0,
    );
    const [done] = redriven;
    if (!done) {
      const last = await lastActOn(deps, id);
      throw notInSight({ last, takenByOthers, more }, deps.now());
    }
    if (done.outcome.kind === 'not_held') {
      throw lost();
    }
    return {
      status: 200,
      body: {
        object: 'dead_letter_redrive',
        letter: renderLetter(done.of),
        outcome: done.outcome,
      },
    };
  };
}
