import { ApiError } from '../../../shared/contracts/errors.ts';
import type { ResolveBreakBody } from '../../../shared/contracts/settlement/reconciliation.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { mayResolve, renderBreak, resolved } from '../../../shared/domain/settlement/break.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import type { Breaks } from '../../../shared/ports/settlement/reconciliation.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { findBreak } from './find-break.ts';

interface ResolveDependencies extends Pick<Breaks, 'get' | 'resolve'> {
  readonly log: AppendOperatorAct;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
}

/**
 * Closes a break with a reason:
 * 1. read it. Who may read it and not close it, its own tenant, is refused
 * 2. one that is closed with the same reason is the answer, one with another is a refusal
 * 3. put on record who closes it and why
 * 4. close it, if it is open still; else somebody was faster: start again at 1
 */
export function resolveBreak({ get, resolve, log, now }: ResolveDependencies) {
  return async <Q>(request: HttpRequest<ResolveBreakBody, Q>): Promise<HttpResponse> => {
    const { reason } = request.body;
    const by = request.principal.id;
    for (;;) {
      const found = await findBreak(get, request);
      if (!mayResolve(request.tenant)) {
        throw new ApiError('forbidden', 'A break is resolved by operators alone.');
      }
      if (found.resolution?.reason === reason) {
        return { status: 200, body: renderBreak(found) };
      }
      if (found.resolution) {
        throw new ApiError('invalid_state', 'The break is resolved, with another reason.', {
          members: { state: found.status, allowed: [] },
        });
      }
      const time = now();
      const closed = resolved(found, { reason, by, time });
      await log({
        // The same by the same again is one act.
        id: derivedId('act', 'break.resolve', found.id, reason, by),
        time,
        by,
        action: 'break.resolve',
        subject: found.id,
        reason,
        details: { tenant: found.tenant ?? '', kind: found.kind },
      });
      if ((await resolve(closed)) === 'written') {
        return { status: 200, body: renderBreak(closed) };
      }
    }
  };
}
