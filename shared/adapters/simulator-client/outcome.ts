import type * as z from 'zod/mini';
import {
  SimulatorError,
  type SimulatorErrorCode,
  simulatorErrors,
} from '../../contracts/simulator/errors.ts';
import type { Exchange } from '../send-once.ts';

/** The outcomes that all calls have in common: all but what success means. */
export type Failure =
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'busy'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What the other side's codes of a "no" are here. */
export interface Declines {
  /** The other side's codes for a decline that we have a code for; any other is `declined`. */
  readonly declines: ReadonlySet<string>;
  /**
   * Rejections that prove that the operation took no effect, in this call or another one under its
   * id, and will take none, with our code for each. Two kinds do:
   * - those that are made of the request alone, before anything is read: another call with the same
   *   request has the same answer
   * - those that the state of things makes, as the other side gives them only when the operation has
   *   no answer yet, and stores them as its answer
   *
   * A reused operation id proves nothing: what it stands for may have taken effect.
   */
  readonly rejections: Readonly<Partial<Record<SimulatorErrorCode, string>>>;
}

/** How the answers to one kind of call are read. */
export interface Reading<Answer, Success> extends Declines {
  /** What a 200 carries, in one word. */
  readonly noun: string;
  readonly schema: z.ZodMiniType<Answer>;
  /** What an answer means; null when it is none to what was asked. */
  readonly success: (answer: Answer) => Success | null;
}

/**
 * What came of a request, in our words. Only a proof that nothing was processed is `busy`, and only
 * a definite no is `declined`; what is neither, nor a success that validates, is `unknown`.
 *
 * | other side                                         | here                               |
 * |----------------------------------------------------|------------------------------------|
 * | 200 with what the call is about                    | as `success` says                  |
 * | 402 with an error                                  | `declined`, code by `declines`     |
 * | 400, 409 or 422 with a code that proves no effect  | `declined`, code by `rejections`   |
 * | 429                                                | `busy`                             |
 * | nobody there: refused, unreachable, no such name   | `busy`                             |
 * | any other status; a body that does not validate    | `unknown`                          |
 * | no answer in time, or the connection lost          | `unknown`                          |
 */
export function outcomeOf<Answer, Success>(
  exchange: Exchange,
  { noun, schema, success, ...codes }: Reading<Answer, Success>,
): Success | Failure {
  if (exchange.kind === 'not_sent') {
    return { kind: 'busy', reason: exchange.reason };
  }
  if (exchange.kind === 'lost') {
    return unknown(exchange.reason);
  }
  const { status, body } = exchange;
  if (status === 429) {
    // The status alone says it: the body may be the other side's or its gateway's.
    return { kind: 'busy', reason: 'answered 429' };
  }
  if (body === null) {
    return unknown(`answered ${status}, then ${exchange.reason}`);
  }
  if (status === 200) {
    const answer = parse(schema, body);
    if (answer === null) {
      return unknown(`answered 200 with a body that is no ${noun}`);
    }
    return success(answer) ?? unknown(`answered 200 with another ${noun} than asked`);
  }
  const { error } = parse(SimulatorError, body) ?? {};
  if (error && status === simulatorErrors.declined) {
    return declineOf(error, codes);
  }
  const rejected = error && rejectionOf(error, codes);
  return rejected && status === rejected.status ? rejected.decline : unknown(`answered ${status}`);
}

interface TheirError {
  readonly code: string;
  readonly message: string;
}

type Decline = Extract<Failure, { readonly kind: 'declined' }>;

/** A decline of the issuer or the bank. */
export function declineOf({ code, message }: TheirError, { declines }: Declines): Decline {
  const ours = declines.has(code) ? code : 'declined';
  return { kind: 'declined', code: ours, message: shorten(message) };
}

/** A rejection that proves that there was no effect, with the status that it comes with. */
export function rejectionOf(
  { code: theirs, message }: TheirError,
  { rejections }: Declines,
): { readonly status: number; readonly decline: Decline } | null {
  const [code, ours] = Object.entries(rejections).find(([known]) => known === theirs) ?? [];
  return code === undefined || ours === undefined
    ? null
    : {
        status: simulatorErrors[code as SimulatorErrorCode],
        decline: { kind: 'declined', code: ours, message: shorten(`${code}: ${message}`) },
      };
}

/** As much of a text of theirs as goes into our records. */
const maxMessageLength = 200;

function shorten(message: string): string {
  return message.slice(0, maxMessageLength);
}

function unknown(reason: string): Failure {
  return { kind: 'unknown', reason };
}

/** A body by its schema; null when it is no JSON or does not validate. */
export function parse<T>(schema: z.ZodMiniType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
