import type {
  ApprovedAct,
  ApprovedOutcome,
  OperatorApprovalResource,
} from '../../contracts/operations/operator-approvals.ts';

/** What an operator agrees to. What differs in one of these is something else. */
export interface ApprovedDeed {
  readonly act: ApprovedAct;
  /** The id of what it is done to. */
  readonly subject: string;
  /** What a word on something parked says of it; null of all else. */
  readonly outcome: ApprovedOutcome | null;
  /** What the PSP or the bank calls a charge or a payout that took effect; null of all else. */
  readonly providerReference: string | null;
  /** Whether a dead letter is redriven by force. */
  readonly force: boolean;
}

/** That an operator agrees to what another one is going to do. */
export interface OperatorApproval extends ApprovedDeed {
  readonly id: string;
  readonly reason: string;
  /** The principal's id. */
  readonly approvedBy: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly created: string;
  readonly expires: string;
  /** Tells a request that is said again from another one under its key. */
  readonly requestHash: string;
}

/** Why an approval is none for what is going to be done; null when it is one. */
export function uselessBecause(
  approval: OperatorApproval | null,
  deed: ApprovedDeed,
  time: string,
): string | null {
  if (approval === null || !isOf(approval, deed)) {
    return 'There is no such approval of this act.';
  }
  return approval.expires <= time ? 'The approval has expired.' : null;
}

function isOf(approval: ApprovedDeed, deed: ApprovedDeed): boolean {
  return (
    approval.act === deed.act &&
    approval.subject === deed.subject &&
    approval.outcome === deed.outcome &&
    approval.providerReference === deed.providerReference &&
    approval.force === deed.force
  );
}

/** An approval as the API shows it; of what never changes of it. */
export function renderOperatorApproval(approval: OperatorApproval): OperatorApprovalResource {
  const { id, act, subject, outcome, providerReference, force, reason } = approval;
  const { approvedBy, created, expires } = approval;
  return {
    id,
    object: 'operator_approval',
    act,
    subject,
    outcome,
    provider_reference: providerReference,
    force,
    reason,
    approved_by: approvedBy,
    created,
    expires,
  };
}
