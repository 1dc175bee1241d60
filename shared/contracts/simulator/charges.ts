import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode, Timestamp } from '../payment.ts';
import { movement, SimulatorId, SimulatorName } from './common.ts';

/** The body of `POST /charges`. */
export const SimulatorChargeRequest = z.strictObject({
  ...movement,
  payment_method: SimulatorName,
  capture: z.boolean(),
});
export type SimulatorChargeBody = z.infer<typeof SimulatorChargeRequest>;

/**
 * The body of `POST /charges/{id}/capture`; no `amount` means all that is left. `final` releases in
 * the same effect what is left after it.
 */
export const SimulatorCaptureRequest = z.strictObject({
  operation_id: SimulatorId,
  amount: z.optional(Amount),
  final: z.optional(z.boolean()),
});

/** The body of `POST /charges/{id}/refund`; no `amount` means all that is left. */
export const SimulatorRefundRequest = z.strictObject({
  operation_id: SimulatorId,
  amount: z.optional(Amount),
});

/** The body of `POST /charges/{id}/void`, which takes all that is left. */
export const SimulatorVoidRequest = z.strictObject({ operation_id: SimulatorId });

export const simulatorChargeStatuses = ['authorized', 'captured', 'voided', 'refunded'] as const;
export type SimulatorChargeStatus = (typeof simulatorChargeStatuses)[number];

/**
 * A charge, as 200 answers carry it. Amounts in minor units: `amount` is what was authorized.
 * `status` is `captured` from the first capture until all that was captured is refunded.
 */
export const SimulatorCharge = z.object({
  id: SimulatorId,
  reference: SimulatorId,
  status: z.enum(simulatorChargeStatuses),
  amount: AmountOrZero,
  currency: CurrencyCode,
  captured: z.boolean(),
  amount_captured: AmountOrZero,
  amount_voided: AmountOrZero,
  amount_refunded: AmountOrZero,
  /** With the cardholder through disputes, open or lost. */
  amount_disputed: AmountOrZero,
  /** From then on a capture is refused; null for what was captured in the same call. */
  authorized_until: z.nullable(Timestamp),
});
export type SimulatorChargeResource = z.infer<typeof SimulatorCharge>;

/** The answer to an operation: the charge after it, and what it did. */
export const SimulatorChargeAnswer = z.extend(SimulatorCharge, {
  operation: z.object({
    id: SimulatorId,
    type: z.enum(['charge', 'capture', 'void', 'refund']),
    /** What was authorized, captured, voided or refunded. */
    amount: Amount,
    /** What a final capture released beside that. */
    released: AmountOrZero,
  }),
});
export type SimulatorChargeAnswerResource = z.infer<typeof SimulatorChargeAnswer>;
