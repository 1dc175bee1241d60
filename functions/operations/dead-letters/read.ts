import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import { lastActOn } from '../../../shared/runtime/dead-letters/operator.ts';
import { renderDetail, renderQueue } from '../../../shared/runtime/dead-letters/render.ts';
import {
  mayBeBehind,
  othersHave,
  type Surveyed,
  survey,
} from '../../../shared/runtime/dead-letters/survey.ts';
import { requireOperator } from '../../../shared/runtime/http/entry/operator.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { type LettersDependencies, letterIdOf, notInSight, untilSeen } from './letters.ts';

/** Letters of one queue in an answer: as many as can be examined while somebody waits for it. */
const shownOfQueue = 100;

const asFound = async (found: readonly Surveyed[]) => found;

/**
 * Lists the dead letters:
 * 1. choose the queue that is asked for, or all
 * 2. take what is in them, examine it, and give it back
 */
export function listDeadLetters(deps: LettersDependencies) {
  return async <B>({
    principal,
    query,
  }: HttpRequest<B, { readonly queue?: string | undefined }>): Promise<HttpResponse> => {
    requireOperator(principal);
    const edges = chosen(await deps.edges(), query.queue);
    const found = await survey(deps, edges, null, asFound, shownOfQueue);
    return {
      status: 200,
      body: { object: 'dead_letter_report', queues: found.map(renderQueue) },
    };
  };
}

/** @throws ApiError `invalid_request` for a queue that there is not */
function chosen(
  edges: readonly DeadLetterEdge[],
  queue: string | undefined,
): readonly DeadLetterEdge[] {
  if (queue === undefined) {
    return edges;
  }
  const edge = edges.find(({ name }) => name === queue);
  if (!edge) {
    throw new ApiError('invalid_request', 'There is no such queue of dead letters.', {
      errors: [{ path: '?/queue', message: `must be one of ${edges.map(nameOf).join(', ')}` }],
    });
  }
  return [edge];
}

const nameOf = ({ name }: DeadLetterEdge) => name;

/** Shows all of one letter, and changes nothing. */
export function getDeadLetter(deps: LettersDependencies) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    requireOperator(request.principal);
    const id = letterIdOf(request);
    const edges = await deps.edges();
    const found = await untilSeen(
      () => survey(deps, edges, new Set([id]), asFound),
      (seen) => !caseIn(seen) && othersHave(seen) > 0,
    );
    const of = caseIn(found);
    if (!of) {
      const last = await lastActOn(deps, id);
      const unseen = { last, takenByOthers: othersHave(found), more: mayBeBehind(found) };
      throw notInSight(unseen, deps.now());
    }
    return { status: 200, body: renderDetail(of) };
  };
}

function caseIn(found: readonly Surveyed[]) {
  return found.flatMap(({ cases }) => cases)[0];
}
