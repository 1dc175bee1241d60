import * as z from 'zod/mini';
import { looksLikeAccountNumber } from '../../domain/payout/bank/account-number.ts';
import { Amount, CurrencyCode, Failure, Metadata, Timestamp } from '../payment.ts';

/**
 * Every state of a payout: `processing` until the bank has the order, `in_transit` until it says
 * what became of it. `paid` and `failed` have no way out.
 */
export const payoutStatuses = ['processing', 'in_transit', 'paid', 'failed'] as const;

export const PayoutId = z.uuid();

const aDestination = { error: 'must be a token of the bank, such as ba_1a2b3c' };
const noAccountNumber = { error: 'must be a token of the bank, never an account number' };

/** What stands for the merchant's account at the bank: a token, never an account number. */
export const Destination = z.string(aDestination).check(
  z.regex(/^ba_[A-Za-z0-9_]{1,120}$/, { ...aDestination, abort: true }),
  z.refine((token) => !looksLikeAccountNumber(token.slice('ba_'.length)), noAccountNumber),
);

/** A payout, as every answer and every event carries it. */
export const Payout = z.object({
  id: PayoutId,
  object: z.literal('payout'),
  status: z.enum(payoutStatuses),
  amount: Amount,
  currency: CurrencyCode,
  destination: Destination,
  metadata: Metadata,
  failure: z.nullable(Failure),
  created: Timestamp,
  version: z.int().check(z.gte(1)),
});
export type PayoutResource = z.infer<typeof Payout>;

/** The body of `POST /payouts`. */
export const CreatePayout = z.strictObject(
  {
    amount: Amount,
    currency: CurrencyCode,
    destination: Destination,
    metadata: z._default(Metadata, {}),
  },
  { error: 'must be a JSON object' },
);
export type CreatePayoutBody = z.infer<typeof CreatePayout>;
