import type { RefundApproval } from '../../../domain/access/approval.ts';
import type { Approvals } from '../../../ports/access/approvals.ts';

/** The approvals in memory. */
export function memoryApprovals(): Approvals {
  const approvals = new Map<string, RefundApproval>();
  const operations = new Map<string, string>();
  return {
    create: async (approval) => {
      const kept = approvals.get(approval.id) ?? approval;
      approvals.set(approval.id, kept);
      return kept;
    },
    find: async (id) => approvals.get(id) ?? null,
    bind: async (id, operationId) => {
      const of = approvals.has(id) ? (operations.get(id) ?? operationId) : null;
      if (of !== operationId) {
        return 'used';
      }
      operations.set(id, operationId);
      return 'bound';
    },
  };
}
