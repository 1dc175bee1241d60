import * as z from 'zod/mini';
import { simulatorChargeStatuses } from './charges.ts';
import { SimulatorId } from './common.ts';
import { simulatorDisputeOutcomes } from './disputes.ts';
import { simulatorPayoutOutcomes } from './payouts.ts';

/** What an operation came to. `declined` had no effect. */
export const simulatorOutcomes = [
  ...simulatorChargeStatuses,
  'disputed',
  ...simulatorDisputeOutcomes,
  'in_transit',
  ...simulatorPayoutOutcomes,
  'declined',
] as const;
export type SimulatorOutcome = (typeof simulatorOutcomes)[number];

/**
 * Control side, `GET /operations/{operation_id}`. `effects` counts what took effect, apart from the
 * stored answer: more than 1 is a defect. `outcome` is null while the operation has no answer.
 */
export const SimulatorOperationReport = z.object({
  operation_id: SimulatorId,
  effects: z.int().check(z.gte(0)),
  outcome: z.nullable(z.enum(simulatorOutcomes)),
});
export type SimulatorOperationReportResource = z.infer<typeof SimulatorOperationReport>;

/**
 * Control side, `GET /totals`: minor units by currency, of the currencies that were charged.
 * `authorized` counts all that ever was, also when captured in the same call; `voided` also what
 * final captures released; `disputed` what is with cardholders through disputes, open or lost.
 */
export const SimulatorTotals = z.record(
  z.string(),
  z.object({
    authorized: z.int(),
    captured: z.int(),
    voided: z.int(),
    refunded: z.int(),
    disputed: z.int(),
  }),
);
export type SimulatorTotalsResource = z.infer<typeof SimulatorTotals>;
