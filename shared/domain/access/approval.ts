import type { RefundApprovalResource } from '../../contracts/operations/approvals.ts';

/** That somebody agrees to a refund which somebody else is going to ask for. */
export interface RefundApproval {
  readonly id: string;
  readonly tenant: string;
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: RefundApprovalResource['currency'];
  readonly reason: string;
  /** The principal's id. */
  readonly approvedBy: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly created: string;
  readonly expires: string;
  /** Tells a request that is said again from another one under its key. */
  readonly requestHash: string;
}

/** What an approval is good for: a day, in which whoever waits for it asks. */
const lifetimeMs = 24 * 60 * 60 * 1_000;

/** When an approval ends that is given at this time. */
export function expiryOf(created: string): string {
  return new Date(Date.parse(created) + lifetimeMs).toISOString();
}

/** The refund that an approval has to be of. */
export interface ApprovedRefund {
  readonly tenant: string;
  readonly paymentId: string;
  readonly amountMinor: number;
}

/**
 * Why an approval is none for a refund; null when it is one. One of another payment is as absent as
 * one that was never given.
 */
export function unusableBecause(
  approval: RefundApproval | null,
  { tenant, paymentId, amountMinor }: ApprovedRefund,
  time: string,
): string | null {
  if (approval?.tenant !== tenant || approval.paymentId !== paymentId) {
    return 'There is no such approval of a refund of this payment.';
  }
  if (approval.amountMinor !== amountMinor) {
    return 'The approval is of another amount.';
  }
  return approval.expires <= time ? 'The approval has expired.' : null;
}

/** An approval as the API shows it; of what never changes of it. */
export function renderApproval(approval: RefundApproval): RefundApprovalResource {
  return {
    id: approval.id,
    object: 'refund_approval',
    payment_id: approval.paymentId,
    amount: approval.amountMinor,
    currency: approval.currency,
    reason: approval.reason,
    approved_by: approval.approvedBy,
    created: approval.created,
    expires: approval.expires,
  };
}
