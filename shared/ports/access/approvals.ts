import type { RefundApproval } from '../../domain/access/approval.ts';

/** What was approved, and what it was used for. */
export interface Approvals<Approval extends { readonly id: string } = RefundApproval> {
  /** Keeps an approval. One that is there under its id stays as it is, and is given back instead. */
  readonly create: (approval: Approval) => Promise<Approval>;
  readonly find: (id: string) => Promise<Approval | null>;
  /** Binds an approval to one use, such as an operation, for ever. `used`: it is another's. */
  readonly bind: (id: string, use: string) => Promise<'bound' | 'used'>;
}
