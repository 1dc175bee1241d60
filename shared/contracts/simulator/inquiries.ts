import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode } from '../payment.ts';
import { SimulatorCharge } from './charges.ts';
import { SimulatorId, simulatorOperations } from './common.ts';
import { SimulatorPayout } from './payouts.ts';

/** Why an operation had no effect: what its call was answered. */
const declined = {
  status: z.literal('declined'),
  /** What was asked for; null: all that was left. */
  amount: z.nullable(Amount),
  currency: CurrencyCode,
  error: z.object({ code: z.string().check(z.minLength(1)), message: z.string() }),
};

const operation = { id: SimulatorId, type: z.enum(simulatorOperations) };

/** An operation as its first answer has it, whatever has become of the charge since. */
export const SimulatorKnownOperation = z.discriminatedUnion('status', [
  z.object({
    ...operation,
    status: z.literal('succeeded'),
    /** What was authorized, captured, voided or refunded. */
    amount: Amount,
    /** What a final capture released beside that. */
    released: AmountOrZero,
    /** The charge as the operation left it. */
    charge: SimulatorCharge,
  }),
  z.object({ ...operation, ...declined }),
]);
export type SimulatorKnownOperationResource = z.infer<typeof SimulatorKnownOperation>;

/** `GET /charges?reference=`: all that the PSP knows of a reference. Nothing at all is a 404. */
export const SimulatorChargeInquiry = z.object({
  /** The charge as it is now; null when each charge was declined. */
  charge: z.nullable(SimulatorCharge),
  /** In no order. */
  operations: z.array(SimulatorKnownOperation).check(z.minLength(1)),
});
export type SimulatorChargeInquiryResource = z.infer<typeof SimulatorChargeInquiry>;

/** `GET /payouts?reference=`, of the merchants' bank, likewise. */
export const SimulatorPayoutInquiry = z.object({
  /** The payout as it is now; null when it was declined. */
  payout: z.nullable(SimulatorPayout),
  /** In no order. */
  operations: z
    .array(
      z.discriminatedUnion('status', [
        z.object({
          id: SimulatorId,
          status: z.literal('succeeded'),
          /** As it was accepted. */
          payout: SimulatorPayout,
        }),
        z.object({ id: SimulatorId, ...declined }),
      ]),
    )
    .check(z.minLength(1)),
});
export type SimulatorPayoutInquiryResource = z.infer<typeof SimulatorPayoutInquiry>;
