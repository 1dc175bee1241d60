import { rememberAnswer } from '../answer.ts';
import { errorOf, problemIn } from '../errors/error-of.ts';
import {
  AbortedError,
  type Effect,
  type ErrorContext,
  UnsendableError,
} from '../errors/paysaga-error.ts';
import { definedOf, type Settings, UnusableKeyError, type WaitOptions } from '../options.ts';
import { attempt, type Outcome } from './attempt.ts';
import { delayMs, retryAfterMs } from './backoff.ts';
import { isSuccess, resourceOf } from './body.ts';
import type { Operation, Parts } from './operation.ts';
import { type PreparedRequest, prepare } from './request.ts';
import { pause } from './time.ts';

/** Sends an operation, and answers with its resource. */
export type Send = <T>(operation: Operation, parts: Parts, options?: WaitOptions) => Promise<T>;

/** What may be otherwise the next time. */
const passing: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Refusals that say nothing of what became of a try before. */
const saysNothing: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * How each call is sent:
 * 1. make the request, with a key if the operation takes one
 * 2. send it; a try ends with an answer, or without one at its time limit
 * 3. a success is the resource
 * 4. else, when it may be otherwise the next time and a second effect is out of the question, wait
 *    (backoff with full jitter, and no less than `Retry-After`) and send the same again
 * 5. when tries or time are at their end, reject with the error of the last try, and with whether any
 *    try can have had an effect
 */
export function sender(settings: Settings): Send {
  return async <T>(operation: Operation, parts: Parts, options: WaitOptions = {}): Promise<T> => {
    const request = prepared(operation, parts, options, settings);
    const { time, backoff, random } = settings;
    const { signal } = options;
    const { timeoutMs, deadlineMs, maxRetries } = { ...settings, ...definedOf(options) };
    const deadline = time.now() + deadlineMs;
    let effect: Effect = 'none';
    const context = () => ({ effect, idempotencyKey: request.idempotencyKey });
    for (let tries = 1; ; tries++) {
      if (signal?.aborted) {
        throw new AbortedError('aborted by the caller', { ...context(), cause: signal.reason });
      }
      const limitMs = Math.min(timeoutMs + request.waitMs, deadline - time.now());
      const limits = { timeoutMs: limitMs, signal };
      const outcome = await attempt(settings, request, limits).catch((error) =>
        Promise.reject(error instanceof UnusableKeyError ? unsendable(error, context()) : error),
      );
      effect = request.safe ? 'none' : effectAfter(outcome, effect);
      if (outcome.kind === 'answered' && isSuccess(outcome.status)) {
        const resource = resourceOf(outcome, context());
        rememberAnswer(resource, outcome.status, outcome.headers);
        return resource as T;
      }
      const waitMs = waitAfter(outcome, () => delayMs(backoff, tries, random));
      const again = waitMs !== null && request.repeatable && tries <= maxRetries;
      if (!again || time.now() + waitMs >= deadline) {
        throw errorOf(outcome, { ...context(), signal });
      }
      await pause(time, waitMs, signal);
    }
  };
}

/** @throws UnsendableError */
function prepared(
  operation: Operation,
  parts: Parts,
  options: WaitOptions,
  settings: Settings,
): PreparedRequest {
  try {
    return prepare(operation, parts, options, settings);
  } catch (error) {
    const { idempotencyKey = null } = options;
    throw unsendable(error, { effect: 'none', idempotencyKey });
  }
}

function unsendable(cause: unknown, context: ErrorContext): UnsendableError {
  const message = cause instanceof Error ? cause.message : 'the call cannot be sent';
  return new UnsendableError(message, { ...context, cause });
}

/** Whether any try so far can have had an effect, after one more of them. */
function effectAfter(outcome: Outcome, before: Effect): Effect {
  if (outcome.kind === 'unanswered') {
    return outcome.sent ? 'unknown' : before;
  }
  const { status, text } = outcome;
  // What is no problem of this API may be a page of a proxy, which knows nothing of what became of it.
  if (status < 400 || status >= 500 || !problemIn(text)) {
    return 'unknown';
  }
  // A refusal under a key is one of all tries with this key.
  return saysNothing.has(status) ? before : 'none';
}

/** How long to wait before the next try; null when there is no point in one. */
function waitAfter(outcome: Outcome, backoffMs: () => number): number | null {
  if (outcome.kind === 'unanswered') {
    return outcome.why === 'aborted' ? null : backoffMs();
  }
  return passing.has(outcome.status)
    ? Math.max(retryAfterMs(outcome.headers) ?? 0, backoffMs())
    : null;
}
