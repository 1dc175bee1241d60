import type { ApproveOperatorActRequest } from '../../../../client/src/index.ts';
import { ProblemError } from '../../../../client/src/index.ts';

/** What a second operator approves, as whoever does it will send it. */
export type ApprovedDeed = Omit<ApproveOperatorActRequest, 'reason'>;

/** True when an act was refused for want of another operator's approval, and for nothing else. */
export function isApprovalMissing(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    error.status === 403 &&
    (error.problem.approval_required === true || /approv/i.test(error.detail))
  );
}

export const approvalIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
