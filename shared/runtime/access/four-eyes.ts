import { ApiError } from '../../contracts/errors.ts';
import {
  type ApprovedDeed,
  type OperatorApproval,
  uselessBecause,
} from '../../domain/access/operator-approval.ts';
import type { Approvals } from '../../ports/access/approvals.ts';
import type { HttpRequest } from '../http/request.ts';

export interface FourEyesDependencies {
  readonly approvals: Pick<Approvals<OperatorApproval>, 'find' | 'bind'>;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
}

/** What an operator is about to do, now that it is known what it is about. */
export interface OperatorsAct extends ApprovedDeed {
  readonly approvalId: string | undefined;
  /** The largest amount of one currency; null when nobody knows how much. */
  readonly atRiskMinor: number | null;
  /** What else the policies are told of it. */
  readonly resource: Readonly<Record<string, unknown>>;
  /** What an approval of it is used up for: the same may be done again with it, and nothing else. */
  readonly use: string;
}

/**
 * Nobody's id, of a person who signs in: what the policies are asked about to tell why they refuse.
 */
const somebodyElse = 'jwt:somebody else';

/**
 * Minor units of one currency that one operator may put at risk alone, whatever the published policies
 * say: they can be of before there was four eyes, and can only be stricter.
 */
export const aloneUpToMinor = 1_000_000;

/**
 * Sees that the policies permit what an operator is about to do:
 * 1. an approval that is named must be of this act on this subject, in this way, and good still
 * 2. ask the policies, with what is at risk and who approved it
 * 3. where they refuse, and would not with an approval of somebody else's, say that
 * 4. over the limit of the code somebody else has to have approved it all the same
 * 5. bind the approval to this use, so that it is good for no other
 *
 * @returns the approval that was named
 * @throws ApiError `forbidden`, `approval_not_usable`
 */
export async function permitAct(
  { approvals, now }: FourEyesDependencies,
  { principal, permit }: Pick<HttpRequest, 'principal' | 'permit'>,
  { approvalId, atRiskMinor, resource: given, use, ...deed }: OperatorsAct,
): Promise<OperatorApproval | null> {
  const approval = approvalId === undefined ? null : await approvals.find(approvalId);
  if (approvalId !== undefined) {
    refuse(uselessBecause(approval, deed, now()));
  }
  const resource = { ...given, at_risk: atRiskMinor };
  try {
    permit(resource, { approved_by: approval?.approvedBy ?? null });
  } catch (error) {
    throw isPermitted(() => permit(resource, { approved_by: somebodyElse }))
      ? approvalNeeded(approval !== null)
      : error;
  }
  const isLarge = atRiskMinor === null || atRiskMinor > aloneUpToMinor;
  if (isLarge && (approval === null || approval.approvedBy === principal.id)) {
    throw approvalNeeded(approval !== null);
  }
  if (approval) {
    const isUsed = (await approvals.bind(approval.id, use)) === 'used';
    refuse(isUsed ? 'The approval was used for something else.' : null);
  }
  return approval;
}

function isPermitted(ask: () => void): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

function approvalNeeded(isOwn: boolean): ApiError {
  const why = isOwn
    ? 'Who approves it has to be somebody else.'
    : 'So much is at risk that another operator has to approve it first: POST /operations/approvals.';
  return new ApiError('forbidden', why, { members: { approval_required: true } });
}

function refuse(reason: string | null): void {
  if (reason !== null) {
    throw new ApiError('approval_not_usable', reason);
  }
}
