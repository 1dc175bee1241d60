import * as z from 'zod/mini';

/**
 * The codes of the simulator's errors, with their status:
 * - `malformed_json`, `invalid_request`, `unknown_token` and `unknown_destination` come from the
 *   request alone, before anything is read: the same request cannot have had another answer, nor an
 *   effect
 * - `declined` stands for the decline's own code, which a token names
 * - `not_capturable`, `not_voidable`, `not_refundable`, `authorization_expired`: the charge does not
 *   allow it. That is the operation's stored answer: it has not taken effect, and no call of it that
 *   is still on its way will
 * - `not_disputable`: the charge does not allow it now
 * - `dispute_closed`, `payout_closed`: it has ended already, and not by this call
 * - `operation_id_reused`: the operation id has an answer to another request, maybe with an effect
 * - `ambiguous_reference`: more than one charge, or payout, has the reference
 * - `busy`: this call was not processed
 * - `internal_error`, `unavailable`, `no_answer`: say nothing about the effect
 */
export const simulatorErrors = {
  malformed_json: 400,
  invalid_request: 400,
  declined: 402,
  not_found: 404,
  charge_not_found: 404,
  dispute_not_found: 404,
  payout_not_found: 404,
  operation_id_reused: 409,
  ambiguous_reference: 409,
  not_capturable: 409,
  not_voidable: 409,
  not_refundable: 409,
  not_disputable: 409,
  authorization_expired: 409,
  dispute_closed: 409,
  payout_closed: 409,
  unknown_token: 422,
  unknown_destination: 422,
  busy: 429,
  internal_error: 500,
  unavailable: 503,
  no_answer: 504,
} as const satisfies Record<string, number>;

export type SimulatorErrorCode = keyof typeof simulatorErrors;

/** An answer other than 200. The code of a 402 is the decline's own. */
export const SimulatorError = z.object({
  error: z.object({ code: z.string().check(z.minLength(1)), message: z.string() }),
});
