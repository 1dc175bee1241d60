import * as z from 'zod/mini';
import { Amount } from '../payment.ts';
import { simulatorTroubles } from './behaviour.ts';
import { simulatorPsps } from './common.ts';

/** See `Trouble`. Two waits are within what the simulator’s function has time for. */
const Trouble = z.strictObject({
  delay_ms: z.optional(z.union([z.literal('stall'), z.int().check(z.gte(0), z.lte(8_000))])),
  status: z.optional(z.literal(simulatorTroubles)),
});

/** See `OperationBehaviour`. */
const ofAnOperation = {
  before: z.optional(Trouble),
  decline: z.optional(
    z.strictObject({
      code: z.string().check(z.minLength(1), z.maxLength(64)),
      message: z.string().check(z.maxLength(200)),
    }),
  ),
  after: z.optional(Trouble),
  notices: z.optional(
    z
      .array(
        z.strictObject({
          delay_seconds: z.optional(z.int().check(z.gte(0), z.lte(900))),
          contradicts: z.optional(z.literal(true)),
        }),
      )
      .check(z.maxLength(5)),
  ),
};

const OperationAnswer = z.strictObject(ofAnOperation);
/** See `ChargeBehaviour`. */
const ChargeAnswer = z.strictObject({
  ...ofAnOperation,
  amount_off_by: z.optional(Amount),
  authorization_ms: z.optional(z.int().check(z.gte(0))),
});
/** See `InquiryBehaviour`. */
const InquiryAnswer = z.strictObject({
  before: ofAnOperation.before,
  forgets: z.optional(z.literal(true)),
});

/** How one call is to be met, in the place of what its token says; `{}`: it does what it is asked. */
export type SimulatorScriptedAnswer = z.infer<typeof ChargeAnswer> & z.infer<typeof InquiryAnswer>;

const scriptOf = <Answer extends z.ZodMiniType>(answer: Answer) => ({
  psp: z.enum(simulatorPsps),
  answers: z.array(answer).check(z.maxLength(100)),
});

/**
 * Control side, the body of `POST /script`: how the next calls of a kind at a PSP are met, in this
 * order, one each. It takes the place of what is left of an earlier one.
 */
export const SimulatorScript = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('charge'), ...scriptOf(ChargeAnswer) }),
  z.strictObject({ call: z.literal(['capture', 'void', 'refund']), ...scriptOf(OperationAnswer) }),
  z.strictObject({ call: z.literal('inquiry'), ...scriptOf(InquiryAnswer) }),
]);
export type SimulatorScriptBody = z.infer<typeof SimulatorScript>;

/** Control side, `GET /script`: what is left of each script that has something left. */
export const SimulatorScripts = z.object({ scripts: z.array(SimulatorScript) });
