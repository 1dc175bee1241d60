import { ApiError } from '../../../shared/contracts/errors.ts';
import type { ApproveRefundBody } from '../../../shared/contracts/operations/approvals.ts';
import {
  expiryOf,
  type RefundApproval,
  renderApproval,
} from '../../../shared/domain/access/approval.ts';
import { derivedId, requestedId } from '../../../shared/domain/ids.ts';
import { refundableMinor } from '../../../shared/domain/payment/operations/operation.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { Approvals } from '../../../shared/ports/access/approvals.ts';
import type { AppendOperatorAct, OperatorAct } from '../../../shared/ports/operator-log.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import {
  hashOf,
  idempotencyKeyOf,
  refuseOtherRequest,
} from '../../../shared/runtime/http/idempotent/idempotency-key.ts';
import {
  type HttpRequest,
  type HttpResponse,
  loadPaymentOf,
} from '../../../shared/runtime/http/request.ts';
import { count, logAs } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

interface ApproveDependencies {
  readonly load: LoadPayment;
  readonly approvals: Pick<Approvals, 'create' | 'find'>;
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
}

type ApproveRequest<Q> = HttpRequest<ApproveRefundBody, Q>;

/**
 * Approves a refund that somebody else will ask for:
 * 1. the idempotency key must be usable; a payment of another tenant is as absent as one that was
 *    never made
 * 2. payment, route and key name the approval. When it is there, the same request of the same
 *    principal gets it again, another one 422
 * 3. else as much must be left to refund, and the policies must permit it
 * 4. put on record who approves what, then keep it
 */
export function approveRefund({ load, approvals, log, nextStamp }: ApproveDependencies) {
  return async <Q>(request: ApproveRequest<Q>): Promise<HttpResponse> => {
    const key = idempotencyKeyOf(request.headers);
    const payment = await loadPaymentOf(load, request);
    const id = requestedId(payment.id, 'POST /payments/{id}/refund-approvals', key);
    logAs({ payment_id: payment.id });
    const requestHash = hashOf({ ...request.body, approved_by: request.principal.id });
    const before = await approvals.find(id);
    if (before) {
      return answerOf(before, requestHash, true);
    }
    refuseUnlessLeft(payment, request.body.amount);
    const approval = approvalOf(id, payment, request, requestHash, nextStamp().time);
    request.permit({
      tenant: payment.tenant,
      payment_id: payment.id,
      amount: approval.amountMinor,
      currency: approval.currency,
    });
    await log(actOf(approval));
    const kept = await approvals.create(approval);
    return answerOf(kept, requestHash, kept !== approval);
  };
}

function answerOf(approval: RefundApproval, requestHash: string, replayed: boolean): HttpResponse {
  refuseOtherRequest(approval.requestHash, requestHash);
  if (replayed) {
    count('IdempotentReplay');
  }
  return {
    status: 201,
    headers: replayed ? { 'Idempotent-Replayed': 'true' } : {},
    body: renderApproval(approval),
  };
}

function refuseUnlessLeft(payment: Payment, amountMinor: number): void {
  const available = refundableMinor(payment);
  if (amountMinor > available) {
    throw new ApiError('amount_too_large', 'Less than this is left that can be refunded.', {
      members: { available },
    });
  }
}

function approvalOf<Q>(
  id: string,
  payment: Payment,
  { principal, body }: ApproveRequest<Q>,
  requestHash: string,
  created: string,
): RefundApproval {
  return {
    id,
    tenant: payment.tenant,
    paymentId: payment.id,
    amountMinor: body.amount,
    currency: payment.request.currency,
    reason: body.reason,
    approvedBy: principal.id,
    created,
    expires: expiryOf(created),
    requestHash,
  };
}

/**
 * As it goes on record. Others under the same key are acts of their own: of those that come at once
 * one becomes the approval.
 */
function actOf(approval: RefundApproval): OperatorAct {
  const { id, requestHash, created, approvedBy, paymentId, reason } = approval;
  return {
    id: derivedId('act', 'approval.create', id, requestHash),
    time: created,
    by: approvedBy,
    action: 'approval.create',
    subject: paymentId,
    reason,
    details: {
      tenant: approval.tenant,
      approval: id,
      amount: String(approval.amountMinor),
      currency: approval.currency,
    },
  };
}
