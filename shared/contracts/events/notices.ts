import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode, PaymentId, Timestamp } from '../payment.ts';

/** What a PSP or a bank calls something of its own. */
const ForeignId = z.string().check(z.regex(/^[A-Za-z0-9._~-]{1,64}$/));

const notice = {
  /** The same notice comes again under the same id. */
  id: ForeignId,
  provider: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
  time: Timestamp,
};

/** A dispute as the PSP has it. Every notice of it carries all of it. Minor units of `currency`. */
const Dispute = z.object({
  dispute_id: ForeignId,
  /** Our payment id; null where the PSP's notices name its own charge alone. */
  reference: z.nullable(PaymentId),
  provider_reference: ForeignId,
  amount: Amount,
  /** What the PSP takes for the chargeback, on top of the amount. */
  fee: AmountOrZero,
  currency: CurrencyCode,
  reason: z.string().check(z.minLength(1), z.maxLength(64)),
});

/** What became of an operation on a payment, as the PSP has it. */
const OperationResult = z.object({
  /** Our payment id. */
  reference: PaymentId,
  /** The id that we gave the operation. */
  operation_id: ForeignId,
  /** The PSP's own id of the charge; null when a decline left none. */
  provider_reference: z.nullable(ForeignId),
  /** What was moved; of a decline, what was asked for, and null when that was all that was left. */
  amount: z.nullable(Amount),
  currency: CurrencyCode,
});

/** A payout as the bank has it. */
const BankTransfer = z.object({
  /** Our payout id. */
  reference: z.uuid(),
  bank_reference: ForeignId,
  amount: Amount,
  currency: CurrencyCode,
  /** Why it came back; null when it arrived. */
  failure: z.nullable(
    z.object({
      code: z.string().check(z.maxLength(64)),
      message: z.string().check(z.maxLength(200)),
    }),
  ),
});

/**
 * What PSPs and banks tell us unasked, as it lies in the queue of notices:
 * - `charge.approved`, `charge.declined`: what became of a charge
 * - `operation.succeeded`, `operation.declined`: of a capture, a void or a refund
 * - `dispute.opened`: a cardholder disputes a payment, and the PSP has taken the money back
 * - `dispute.won`, `dispute.lost`: how it ended; won brings the amount back, not the fee
 * - `payout.paid`, `payout.failed`: a payout arrived, or came back
 */
export const ProviderNotice = z.discriminatedUnion('type', [
  z.object({ ...notice, type: z.literal('charge.approved'), data: OperationResult }),
  z.object({ ...notice, type: z.literal('charge.declined'), data: OperationResult }),
  z.object({ ...notice, type: z.literal('operation.succeeded'), data: OperationResult }),
  z.object({ ...notice, type: z.literal('operation.declined'), data: OperationResult }),
  z.object({ ...notice, type: z.literal('dispute.opened'), data: Dispute }),
  z.object({ ...notice, type: z.literal('dispute.won'), data: Dispute }),
  z.object({ ...notice, type: z.literal('dispute.lost'), data: Dispute }),
  z.object({ ...notice, type: z.literal('payout.paid'), data: BankTransfer }),
  z.object({ ...notice, type: z.literal('payout.failed'), data: BankTransfer }),
]);
export type ProviderNoticeMessage = z.infer<typeof ProviderNotice>;
