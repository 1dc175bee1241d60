import * as z from 'zod/mini';
import { CurrencyCode } from '../payment.ts';
import { SimulatorId, simulatorPsps } from './common.ts';

/** What can be wrong with a settlement file. */
export const settlementFaultKinds = [
  'missing_line',
  'extra_line',
  'wrong_amount',
  'wrong_currency',
  'duplicate_line',
] as const;
export type SettlementFaultKind = (typeof settlementFaultKinds)[number];

/**
 * Control side, the body of `POST /settlements`. A fault is put into the line of its
 * `operation_id`; without one, into the first line that has none. With `currencies` the file takes
 * only those.
 */
export const SimulatorSettlementRequest = z.strictObject({
  operation_id: SimulatorId,
  faults: z.optional(
    z
      .array(
        z.strictObject({
          kind: z.enum(settlementFaultKinds),
          operation_id: z.optional(SimulatorId),
        }),
      )
      .check(z.maxLength(100)),
  ),
  currencies: z.optional(z.array(CurrencyCode).check(z.minLength(1))),
  /** Whose file it is: the first PSP's when absent. */
  psp: z.optional(z.enum(simulatorPsps)),
});
export type SimulatorSettlementBody = z.infer<typeof SimulatorSettlementRequest>;

/** The file that was written. */
export const SimulatorSettlement = z.object({
  /** Its key in the bucket. */
  file: z.string(),
  /** How many lines it has, without the header. */
  lines: z.int().check(z.gte(0)),
  /**
   * The faults that found a line, in the order asked for. `line_id` is of the line that is wrong,
   * invented, the second of two, or not there.
   */
  faults: z.array(
    z.object({
      kind: z.enum(settlementFaultKinds),
      line_id: SimulatorId,
      operation_id: SimulatorId,
    }),
  ),
});
export type SimulatorSettlementResource = z.infer<typeof SimulatorSettlement>;
