import * as z from 'zod/mini';
import { Amount, CurrencyCode } from '../payment.ts';
import { movement, SimulatorId, SimulatorName } from './common.ts';

/** The body of `POST /payouts`, of the merchants' bank. */
export const SimulatorPayoutRequest = z.strictObject({ ...movement, destination: SimulatorName });
export type SimulatorPayoutBody = z.infer<typeof SimulatorPayoutRequest>;

export const simulatorPayoutOutcomes = ['paid', 'failed'] as const;
export type SimulatorPayoutOutcome = (typeof simulatorPayoutOutcomes)[number];

/** Control side, the body of `POST /payouts/{id}/close`. */
export const SimulatorPayoutCloseRequest = z.strictObject({
  outcome: z.enum(simulatorPayoutOutcomes),
});

/**
 * A payout. The answer to its request says `in_transit` and no more; that it arrived or came back is
 * a notice. Minor units of `currency`.
 */
export const SimulatorPayout = z.object({
  id: SimulatorId,
  operation_id: SimulatorId,
  reference: SimulatorId,
  status: z.enum(['in_transit', ...simulatorPayoutOutcomes]),
  amount: Amount,
  currency: CurrencyCode,
  destination: SimulatorName,
});
export type SimulatorPayoutResource = z.infer<typeof SimulatorPayout>;

/**
 * Control side, `GET /payouts/totals`: minor units by currency. `sent` counts all that was accepted,
 * `returned` what failed later.
 */
export const SimulatorPayoutTotals = z.record(
  z.string(),
  z.object({ sent: z.int(), paid: z.int(), returned: z.int() }),
);
export type SimulatorPayoutTotalsResource = z.infer<typeof SimulatorPayoutTotals>;
