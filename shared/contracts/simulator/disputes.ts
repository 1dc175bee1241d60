import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode, Timestamp } from '../payment.ts';
import { SimulatorId } from './common.ts';

/**
 * Control side, the body of `POST /charges/{id}/disputes`; no `amount` means all that was captured
 * and is not disputed already.
 */
export const SimulatorDisputeRequest = z.strictObject({
  operation_id: SimulatorId,
  amount: z.optional(Amount),
  reason: z.string().check(z.minLength(1), z.maxLength(64)),
});
export type SimulatorDisputeBody = z.infer<typeof SimulatorDisputeRequest>;

export const simulatorDisputeOutcomes = ['won', 'lost'] as const;

/** Control side, the body of `POST /disputes/{id}/close`: how it ends for the merchant. */
export const SimulatorDisputeCloseRequest = z.strictObject({
  outcome: z.enum(simulatorDisputeOutcomes),
});
export type SimulatorDisputeOutcome = (typeof simulatorDisputeOutcomes)[number];

/** A dispute of a charge. Minor units of `currency`. */
export const SimulatorDispute = z.object({
  id: SimulatorId,
  charge_id: SimulatorId,
  reference: SimulatorId,
  status: z.enum(['open', ...simulatorDisputeOutcomes]),
  amount: Amount,
  /** 15 of the currency, which no outcome brings back. */
  fee: AmountOrZero,
  currency: CurrencyCode,
  reason: z.string(),
  opened: Timestamp,
  closed: z.nullable(Timestamp),
});
export type SimulatorDisputeResource = z.infer<typeof SimulatorDispute>;
