import * as z from 'zod/mini';
import { accountCodes } from '../domain/ledger/accounts.ts';
import { CurrencyCode, PaymentId, Timestamp } from './payment.ts';

/** A sum in minor units; may be negative and beyond one payment's limit. */
const Sum = z.int();

/** An open account of the tenant's ledger, by the id `<code>.<currency>`. */
export const LedgerAccount = z.object({
  id: z.string(),
  object: z.literal('ledger_account'),
  code: z.enum(accountCodes),
  currency: CurrencyCode,
  normal_side: z.enum(['debit', 'credit']),
  debits_pending: Sum,
  debits_posted: Sum,
  credits_pending: Sum,
  credits_posted: Sum,
  /** Posted, on the normal side: what the account is worth. */
  balance: Sum,
  /** The time of the latest transfer that this balance has in it. */
  as_of: Timestamp,
});
export type LedgerAccountResource = z.infer<typeof LedgerAccount>;

/** One transfer as one account sees it. */
export const LedgerEntry = z.object({
  object: z.literal('ledger_entry'),
  transfer_id: z.uuid(),
  account: z.string(),
  counter_account: z.string(),
  direction: z.enum(['debit', 'credit']),
  kind: z.enum(['pending', 'posted', 'post_pending', 'void_pending']),
  posting: z.string(),
  amount: Sum,
  currency: CurrencyCode,
  pending_id: z.nullable(z.uuid()),
  payment_id: PaymentId,
  time: Timestamp,
});
export type LedgerEntryResource = z.infer<typeof LedgerEntry>;

/** Debits against credits, per currency. `difference` is 0 exactly when both pairs are equal. */
export const TrialBalance = z.object({
  currencies: z.array(
    z.object({
      currency: CurrencyCode,
      debits_pending: Sum,
      credits_pending: Sum,
      debits_posted: Sum,
      credits_posted: Sum,
      /** |debits_pending - credits_pending| + |debits_posted - credits_posted|. */
      difference: Sum,
      as_of: Timestamp,
    }),
  ),
});
export type TrialBalanceResource = z.infer<typeof TrialBalance>;
