import type { RefundApproval } from '../../domain/access/approval.ts';

/** What was approved, and what it was used for. */
export interface Approvals {
  /** Keeps an approval. One that is there under its id stays as it is, and is given back instead. */
  readonly create: (approval: RefundApproval) => Promise<RefundApproval>;
  readonly find: (id: string) => Promise<RefundApproval | null>;
  /** Binds an approval to one operation, for ever. `used`: it is another operation's. */
  readonly bind: (id: string, operationId: string) => Promise<'bound' | 'used'>;
}
