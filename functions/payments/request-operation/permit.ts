import { ApiError } from '../../../shared/contracts/errors.ts';
import { type RefundApproval, unusableBecause } from '../../../shared/domain/access/approval.ts';
import type { OperationKind } from '../../../shared/domain/payment/operations/operation.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { Approvals } from '../../../shared/ports/access/approvals.ts';
import type { HttpRequest } from '../../../shared/runtime/http/request.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import type { Bodies } from './decide.ts';

export interface PermitDependencies {
  readonly approvals: Pick<Approvals, 'find' | 'bind'>;
  readonly nextStamp: NextStamp;
}

/** What is going to be asked of a payment, with its amount. */
interface Asked {
  readonly kind: OperationKind;
  readonly operationId: string;
  readonly amountMinor: number;
}

/**
 * Sees that the policies permit what is asked of a payment, now that its amount is known:
 * 1. an approval that the request names must be of this refund, and good still
 * 2. ask the policies, of a refund with who approved it, and what else of the payment was refunded
 * 3. bind the approval to this operation, so that it is no other's
 *
 * An approval is bound before the operation is written: one that then cannot be written has it still,
 * for the same request said again.
 *
 * @throws ApiError `forbidden`, `approval_not_usable`
 */
export async function permitOperation(
  { approvals, nextStamp }: PermitDependencies,
  request: Pick<HttpRequest<Bodies[OperationKind]>, 'permit' | 'body'>,
  payment: Payment,
  { kind, operationId, amountMinor }: Asked,
): Promise<void> {
  const { id: paymentId, tenant } = payment;
  const approvalId = 'approval_id' in request.body ? request.body.approval_id : undefined;
  const isRefund = kind === 'refund';
  const approval = approvalId === undefined ? null : await approvals.find(approvalId);
  if (approvalId !== undefined) {
    refuse(unusableBecause(approval, { tenant, paymentId, amountMinor }, nextStamp().time));
  }
  request.permit(
    {
      tenant,
      payment_id: paymentId,
      amount: amountMinor,
      currency: payment.request.currency,
      ...(isRefund ? { refunded: refundedMinor(payment) } : {}),
    },
    isRefund ? { approved_by: approval?.approvedBy ?? null } : {},
  );
  if (approval) {
    await bind(approvals, approval, operationId);
  }
}

/** What of a payment was refunded or is under way as a refund; the one that is asked for is not yet. */
function refundedMinor({ amountRefundedMinor, operations }: Payment): number {
  return operations
    .filter(({ kind, status }) => kind === 'refund' && status === 'processing')
    .reduce((sum, { amountMinor }) => sum + amountMinor, amountRefundedMinor);
}

async function bind(
  approvals: Pick<Approvals, 'bind'>,
  { id }: RefundApproval,
  operationId: string,
): Promise<void> {
  const isUsed = (await approvals.bind(id, operationId)) === 'used';
  refuse(isUsed ? 'Another refund has used the approval.' : null);
}

function refuse(reason: string | null): void {
  if (reason !== null) {
    throw new ApiError('approval_not_usable', reason);
  }
}
