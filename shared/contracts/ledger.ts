import * as z from 'zod/mini';
import { accountCodes, accountLimits } from '../domain/ledger/accounts.ts';
import { Amount, CurrencyCode, PaymentId, Timestamp } from './payment.ts';

/**
 * A sum in minor units: an integer of any size, written out in the JSON as a number; may be
 * negative. JavaScript's own `JSON.parse` rounds one beyond 2^53 without a word, so such a client
 * takes the text of the number (a reviver's `context.source`, or a parser with big integers). Here
 * it is a bigint, and a rounded one is refused.
 */
export const Sum = z.pipe(
  z.union([z.bigint(), z.int()]),
  z.transform((sum: number | bigint) => BigInt(sum)),
);

/** An account of the tenant's ledger, by the id `<code>.<currency>`. */
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
  /** What no transfer may break, whatever runs at once; null for an open account. */
  limit: z.nullable(z.enum(accountLimits)),
  /**
   * What may still be taken of a limited account: posted credits, less posted and pending debits; the
   * other way round where credits must not exceed debits. As it is now, so it can be ahead of the sums
   * above; null for an open account.
   */
  available: z.nullable(Sum),
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
  amount: Amount,
  currency: CurrencyCode,
  pending_id: z.nullable(z.uuid()),
  payment_id: z.nullable(PaymentId),
  /** The charge, capture, refund, dispute, payout or conversion that it belongs to. */
  operation_id: z.nullable(z.string()),
  time: Timestamp,
});
export type LedgerEntryResource = z.infer<typeof LedgerEntry>;

/** What an account is worth: posted, and what is pending beside it, both on its normal side. */
const Balances = z.object({ posted: Sum, pending: Sum });

/** An entry, and what the account is worth after it. */
const StatementEntry = z.extend(LedgerEntry, { balance: Sum, pending: Sum });

/** A page of an account's entries over some UTC days, oldest first, with the balance after each. */
export const LedgerStatement = z.object({
  object: z.literal('ledger_statement'),
  account: z.string(),
  currency: CurrencyCode,
  /** The first and the last day of it. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** Before the first day, which is after the last entry of the day before it. */
  opening: Balances,
  /** After the last day. */
  closing: Balances,
  /** The time of the latest transfer that opening and closing have in them. */
  as_of: Timestamp,
  data: z.array(StatementEntry),
  next_cursor: z.nullable(z.string()),
});
export type LedgerStatementResource = z.infer<typeof LedgerStatement>;

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
