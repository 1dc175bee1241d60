import * as z from 'zod/mini';
import type { OperationAtPsp } from '../events/payment-events.ts';
import { Amount, CurrencyCode, PaymentId, Timestamp } from '../payment.ts';
import { PayoutId } from '../payouts/payouts.ts';
import { actReason, approvalId, pspReference } from './operator-approvals.ts';

/** What can be parked: what is done at a PSP, and a payout. */
const parkedOperations = [
  'charge',
  'reverse',
  'capture',
  'cancel',
  'refund',
  'payout',
] as const satisfies readonly (OperationAtPsp | 'payout')[];

/**
 * What a person can do about what is parked.
 *
 * Where nobody knows what became of it at the PSP or the bank:
 * - `took_effect`, `no_effect`: say what became of it there; it is taken as if the PSP had said it
 * - `ask`: have the PSP asked once more, now
 *
 * Where all of it is known:
 * - `resume`: have its saga begin anew
 */
export const parkedActions = ['took_effect', 'no_effect', 'ask', 'resume'] as const;
export type ParkedAction = (typeof parkedActions)[number];

/** Something that waits for a person, or that a person has resolved. */
export const Parked = z.object({
  object: z.literal('parked'),
  /** One of the two is set. */
  payment_id: z.nullable(PaymentId),
  payout_id: z.nullable(PayoutId),
  tenant: z.string(),
  operation: z.enum(parkedOperations),
  operation_id: z.uuid(),
  /** What may be lost, or moved twice, by a wrong word. Minor units of `currency`. */
  amount: Amount,
  currency: CurrencyCode,
  /** True: nobody knows what became of it. False: its saga did not come to an end. */
  unknown: z.boolean(),
  since: Timestamp,
  reason: z.string(),
  /** Empty: it waits for nobody any more. */
  actions: z.array(z.enum(parkedActions)),
  /**
   * What became of it; with actions left, the word of a person that has not led to anything yet, and
   * that the same word again makes good.
   */
  resolution: z.nullable(
    z.object({
      outcome: z.enum(['took_effect', 'no_effect', 'resumed']),
      /** The PSP's or the bank's own, of a charge or a payout that took effect. */
      provider_reference: z.nullable(z.string()),
      /** A person, or the PSP or the bank; null where the reason says it. */
      by: z.nullable(z.string()),
      /** Null where the PSP or the bank said it. */
      reason: z.nullable(z.string()),
      time: Timestamp,
    }),
  ),
  /** What came of asking the PSP now, when that was no conclusion; else null. */
  answer: z.nullable(z.string()),
});
export type ParkedResource = z.infer<typeof Parked>;

const anOutcome = { error: `must be one of ${parkedActions.join(', ')}` };

/** The body of `POST /operations/parked/{payment_id}/resolve`. */
export const ResolveParked = z.strictObject(
  {
    operation_id: z.uuid({ error: 'must be the id of the operation that is parked' }),
    outcome: z.enum(parkedActions, anOutcome),
    /** Needed for a charge and for a payout that took effect, and for nothing else. */
    provider_reference: pspReference,
    /** What was seen, and where: it is kept for ever. */
    reason: actReason,
    approval_id: approvalId,
  },
  { error: 'must be a JSON object' },
);
export type ResolveParkedBody = z.infer<typeof ResolveParked>;
