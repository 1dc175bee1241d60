import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import { largestOf } from '../../../shared/domain/dead-letter/letter.ts';
import type { OperatorAct } from '../../../shared/ports/operator-log.ts';
import {
  type FourEyesDependencies,
  type OperatorsAct,
  permitAct,
} from '../../../shared/runtime/access/four-eyes.ts';
import type { PermitLetter } from '../../../shared/runtime/dead-letters/operator.ts';
import type { RedriveDependencies } from '../../../shared/runtime/dead-letters/redrive.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest } from '../../../shared/runtime/http/request.ts';

export interface LettersDependencies extends RedriveDependencies {
  readonly edges: () => Promise<readonly DeadLetterEdge[]>;
}

export interface ActDependencies
  extends LettersDependencies,
    Pick<FourEyesDependencies, 'approvals'> {}

const { idOf, notFound } = byPathId('letter');
export const letterIdOf = idOf;

/** For so long a letter is out of sight whose redrive or discard was cut off. */
const heldMs = 120_000;

/** Who only reads has what it reads for a second or two; the queues themselves wait for one at a look. */
const looks = 3;

/** Looks again for a letter that others have, as whoever lists gives back what it read. */
export async function untilSeen<T>(
  look: () => Promise<T>,
  isWithOthers: (seen: T) => boolean,
): Promise<T> {
  let seen = await look();
  for (let more = looks - 1; more > 0 && isWithOthers(seen); more--) {
    seen = await look();
  }
  return seen;
}

/** Asks the policies about an act on a letter, once it is known what is at risk. */
export function permitOn(
  deps: ActDependencies,
  request: Pick<HttpRequest, 'principal' | 'permit'>,
  {
    act,
    approvalId,
    force = false,
  }: Pick<OperatorsAct, 'act' | 'approvalId'> & { readonly force?: boolean },
): PermitLetter {
  return ({ letter, isRiskKnown, atRisk }) =>
    permitAct(deps, request, {
      act,
      subject: letter.id,
      outcome: null,
      providerReference: null,
      force,
      approvalId,
      atRiskMinor: isRiskKnown ? largestOf(atRisk) : null,
      resource: { letter_id: letter.id },
      use: letter.id,
    });
}

/** What a look came to in which a letter was not in sight. */
export interface Unseen {
  readonly takenByOthers: number;
  /** True when it may lie behind the letters that were read. */
  readonly more: boolean;
  /** What was put on record of it last. */
  readonly last: OperatorAct | null;
}

/**
 * Whether the letter is gone by what is on record. An act is on record before it is done: one that was cut
 * off leaves the letter, with others for as long as it was held, or behind those that were read.
 *
 * @param now RFC 3339
 */
export function isDone({ last, takenByOthers, more }: Unseen, now: string): boolean {
  const heldUntilMs = last === null ? Number.POSITIVE_INFINITY : Date.parse(last.time) + heldMs;
  return takenByOthers === 0 && !more && heldUntilMs < Date.parse(now);
}

/** What is said of a letter that is not in sight: where it may be, or what was done to it last. */
export function notInSight(unseen: Unseen, now: string): ApiError {
  const { last, takenByOthers, more } = unseen;
  if (last === null && takenByOthers === 0 && !more) {
    return notFound();
  }
  const done = last?.action === 'dlq.discard' ? 'discarded' : 'redriven';
  if (last !== null && isDone(unseen, now)) {
    return withState(done, `${last.by} had it ${done} at ${last.time}.`);
  }
  const wanted = last === null ? [] : [`${last.by} wanted it ${done} at ${last.time}.`];
  const where = more ? behind : takenByOthers > 0 ? elsewhere : notSureYet;
  return withState(more ? 'not_read' : 'taken', [...wanted, where].join(' '));
}

function withState(state: string, detail: string): ApiError {
  return new ApiError('invalid_state', detail, { members: { state, allowed: [] } });
}

/** Somebody else came to a letter between its examination and the act. */
export function lost(): ApiError {
  return withState('taken', elsewhere);
}

const behind =
  'It is not among the thousand that were read of a queue, and may be behind them. See to those first.';

const notSureYet = 'Two minutes after that it is sure whether that was done. Ask again then.';

const elsewhere =
  'Somebody else is reading or redriving letters right now, and may have it. Ask again in two minutes.';
