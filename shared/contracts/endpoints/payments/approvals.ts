import { ApproveRefund, RefundApproval } from '../../operations/approvals.ts';
import { NoQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** What somebody agrees to, for somebody else to do. */
export const approvalEndpoints = {
  approveRefund: endpoint({
    name: 'approveRefund',
    method: 'POST',
    path: '/payments/{payment_id}/refund-approvals',
    summary:
      'Approves one refund of exactly this amount, for a day. Whoever approves it cannot be who asks for it.',
    access: { scope: 'approvals:write', action: 'approvals:create' },
    body: ApproveRefund,
    query: NoQuery,
    answers: { 201: RefundApproval },
    errors: [
      'not_found',
      'idempotency_key_required',
      'idempotency_key_reused',
      'amount_too_large',
      'temporarily_unavailable',
    ],
  }),
};
