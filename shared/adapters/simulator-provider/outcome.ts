import type * as z from 'zod/mini';
import {
  SimulatorCharge,
  type SimulatorChargeResource,
  SimulatorError,
  type SimulatorErrorCode,
  simulatorErrors,
} from '../../contracts/simulator.ts';
import type { ChargeOutcome, ReversalOutcome } from '../../ports/provider.ts';
import type { Exchange } from './exchange.ts';

/** The outcomes that charges and reversals have in common: all but what success means. */
type Failure = Extract<ChargeOutcome, { kind: 'declined' | 'busy' | 'unknown' }>;

/** The PSP's codes for a decline, in ours; any other is `declined`. */
const declineCodes = new Map([
  ['insufficient_funds', 'insufficient_funds'],
  ['lost_card', 'lost_card'],
  ['do_not_honor', 'do_not_honor'],
]);

/**
 * Rejections that prove that a charge took no effect, in this call or an earlier one under its
 * operation id: the PSP makes them of the request alone, before it reads anything, so an earlier
 * call with the same request had the same answer. A reused operation id proves nothing: what it
 * stands for may have taken effect.
 */
export const chargeRejections: readonly SimulatorErrorCode[] = [
  'malformed_json',
  'invalid_request',
  'unknown_token',
];

/**
 * The same for a reversal, with those that its charge's state makes: the PSP gives them only when
 * the operation has no answer yet, and answers are stored with their effect.
 */
export const reversalRejections: readonly SimulatorErrorCode[] = [
  'malformed_json',
  'invalid_request',
  'not_voidable',
  'not_refundable',
];

/**
 * What came of a request, in our words. Only a proof that nothing was processed is `busy`, and only
 * a definite no is `declined`; what is neither, nor a success that validates, is `unknown`.
 *
 * | PSP                                                | here                               |
 * |----------------------------------------------------|------------------------------------|
 * | 200 with a charge                                  | as `success` says                  |
 * | 402 with an error                                  | `declined`, code by our table      |
 * | 400, 409 or 422 with a code that proves no effect  | `declined`, `provider_rejected`    |
 * | 429                                                | `busy`                             |
 * | nobody there: refused, unreachable, no such name   | `busy`                             |
 * | any other status; a body that does not validate    | `unknown`                          |
 * | no answer in time, or the connection lost          | `unknown`                          |
 */
export function outcomeOf<Success extends ChargeOutcome | ReversalOutcome>(
  exchange: Exchange,
  rejections: readonly SimulatorErrorCode[],
  success: (charge: SimulatorChargeResource) => Success | null,
): Success | Failure {
  if (exchange.kind === 'not_sent') {
    return { kind: 'busy', reason: exchange.reason };
  }
  if (exchange.kind === 'lost') {
    return unknown(exchange.reason);
  }
  const { status, body } = exchange;
  if (status === 429) {
    // The status alone says it: the body may be the PSP's or its gateway's.
    return { kind: 'busy', reason: 'answered 429' };
  }
  if (body === null) {
    return unknown(`answered ${status}, then ${exchange.reason}`);
  }
  if (status === 200) {
    const charge = parse(SimulatorCharge, body);
    const read = charge && success(charge);
    return read ?? unknown(`answered 200 with ${charge ? 'another charge than asked' : noCharge}`);
  }
  const { error } = parse(SimulatorError, body) ?? {};
  if (error && status === simulatorErrors.declined) {
    const code = declineCodes.get(error.code) ?? 'declined';
    return { kind: 'declined', code, message: shorten(error.message) };
  }
  const rejection = rejections.find((code) => code === error?.code);
  if (error && rejection && status === simulatorErrors[rejection]) {
    return {
      kind: 'declined',
      code: 'provider_rejected',
      message: shorten(`${rejection}: ${error.message}`),
    };
  }
  return unknown(`answered ${status}`);
}

const noCharge = 'a body that is no charge';

/** As much of a PSP's text as goes into our records. */
const maxMessageLength = 200;

function shorten(message: string): string {
  return message.slice(0, maxMessageLength);
}

function unknown(reason: string): Failure {
  return { kind: 'unknown', reason };
}

/** A body by its schema; null when it is no JSON or does not validate. */
function parse<T>(schema: z.ZodMiniType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
