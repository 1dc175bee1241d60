import type { RefundApproval } from '../../../domain/access/approval.ts';
import type { Approvals } from '../../../ports/access/approvals.ts';

/** The approvals in memory. */
export function memoryApprovals<
  Approval extends { readonly id: string } = RefundApproval,
>(): Approvals<Approval> {
  const approvals = new Map<string, Approval>();
  const uses = new Map<string, string>();
  return {
    create: async (approval) => {
      const kept = approvals.get(approval.id) ?? approval;
      approvals.set(approval.id, kept);
      return kept;
    },
    find: async (id) => approvals.get(id) ?? null,
    bind: async (id, use) => {
      const of = approvals.has(id) ? (uses.get(id) ?? use) : null;
      if (of !== use) {
        return 'used';
      }
      uses.set(id, use);
      return 'bound';
    },
  };
}
