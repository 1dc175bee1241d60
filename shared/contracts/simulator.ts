import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode } from './payment.ts';

/** The calls of the PSP simulator that take effect. */
export type SimulatorOperation = 'charge' | 'capture' | 'void' | 'refund';

/** Something that goes wrong around a call's effect: first the wait, then the status. */
export interface Trouble {
  /** How long nothing happens. `stall`: longer than a client waits, `SIMULATOR_STALL_MS`. */
  readonly delayMs?: number | 'stall';
  /** Answered instead of going on; absent: goes on. */
  readonly status?: 429 | 500 | 502 | 503 | 504;
  /**
   * Met by the first so many calls of each operation, which are counted for it under the
   * operation's id. Absent: met by each call that has no stored answer, and nothing is counted.
   */
  readonly firstCalls?: number;
}

/** How a call deviates from doing what it was asked. An operation with an answer just repeats it. */
export interface CallBehaviour {
  /** Before anything took effect. */
  readonly before?: Trouble;
  /** Declined with the PSP's code: 402, no effect. */
  readonly decline?: { readonly code: string; readonly message: string };
  /** A charge is approved over so many minor units less; over more, where less would be nothing. */
  readonly amountOffByMinor?: number;
  /** After it took effect and the answer was stored. */
  readonly after?: Trouble;
}

/** How a token behaves, by the call; a call that is not named does what it was asked. */
export type SimulatorBehaviour = { readonly [call in SimulatorOperation]?: CallBehaviour } & {
  readonly inquiry?: Pick<CallBehaviour, 'before'>;
};

const stall: Trouble = { delayMs: 'stall', status: 504 };

/**
 * The payment methods that the simulator knows. A new one is a line here: the simulator, the
 * payment API's check and the tests of each read this table.
 */
export const simulatorTokens = {
  tok_approve: {},
  tok_decline_insufficient_funds: {
    charge: {
      decline: { code: 'insufficient_funds', message: 'The account has too little money.' },
    },
  },
  tok_decline_lost_card: {
    charge: { decline: { code: 'lost_card', message: 'The card was reported lost.' } },
  },
  tok_decline_do_not_honor: {
    charge: { decline: { code: 'do_not_honor', message: 'The issuer gave no reason.' } },
  },
  tok_busy_once: { charge: { before: { status: 429, firstCalls: 1 } } },
  tok_busy_always: { charge: { before: { status: 429, firstCalls: Number.POSITIVE_INFINITY } } },
  tok_slow: { charge: { after: { delayMs: 3_000 } } },
  tok_timeout_never_arrived: { charge: { before: stall } },
  tok_amount_mismatch: { charge: { amountOffByMinor: 1 } },
  // Approved here: it is the stage's risk rules that refuse it, before the PSP is asked.
  tok_blocked_by_risk: {},
} as const satisfies Record<string, SimulatorBehaviour>;

export type SimulatorToken = keyof typeof simulatorTokens;

/** Tells whether the simulator knows a payment method. */
export function isSimulatorToken(token: string): token is SimulatorToken {
  return Object.hasOwn(simulatorTokens, token);
}

/** An id in a path or a query as well as in a body: characters that URLs leave as they are. */
export const SimulatorId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._~-]{1,64}$/, { error: 'must be 1 to 64 of A-Z a-z 0-9 . _ ~ -' }));

/** The body of `POST /charges`. A token that is not known is 422, so it is only a text here. */
export const SimulatorChargeRequest = z.strictObject({
  operation_id: SimulatorId,
  reference: SimulatorId,
  amount: Amount,
  currency: CurrencyCode,
  payment_method: z.string().check(z.minLength(1), z.maxLength(128)),
  capture: z.boolean(),
});
export type SimulatorChargeBody = z.infer<typeof SimulatorChargeRequest>;

/** The body of `POST /charges/{id}/capture` and `/refund`; no `amount` means all that is left. */
export const SimulatorAmountRequest = z.strictObject({
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
});
export type SimulatorChargeResource = z.infer<typeof SimulatorCharge>;

/**
 * The codes of the simulator's errors, with their status:
 * - `malformed_json`, `invalid_request` and `unknown_token` come from the request alone, before
 *   anything is read: the same request cannot have had another answer, nor an effect
 * - `declined` stands for the decline's own code, which a token names
 * - `not_capturable`, `not_voidable`, `not_refundable`: the charge does not allow it, and this
 *   operation has not changed it, now or earlier: its stored answer would have come instead
 * - `operation_id_reused`: the operation id has an answer to another request, maybe with an effect
 * - `ambiguous_reference`: more than one charge has the reference
 * - `busy`: this call was not processed
 * - `internal_error`, `unavailable`, `no_answer`: say nothing about the effect
 */
export const simulatorErrors = {
  malformed_json: 400,
  invalid_request: 400,
  declined: 402,
  not_found: 404,
  charge_not_found: 404,
  operation_id_reused: 409,
  ambiguous_reference: 409,
  not_capturable: 409,
  not_voidable: 409,
  not_refundable: 409,
  unknown_token: 422,
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

/** What an operation came to. */
export const simulatorOutcomes = [...simulatorChargeStatuses, 'declined'] as const;
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
 * `authorized` counts all that ever was, also when captured in the same call.
 */
export const SimulatorTotals = z.record(
  z.string(),
  z.object({
    authorized: z.int(),
    captured: z.int(),
    voided: z.int(),
    refunded: z.int(),
  }),
);
export type SimulatorTotalsResource = z.infer<typeof SimulatorTotals>;
