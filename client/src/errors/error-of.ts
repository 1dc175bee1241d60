import { problems } from '../generated/problems.ts';
import type { Outcome } from '../transport/attempt.ts';
import { retryAfterMs } from '../transport/backoff.ts';
import { jsonOf } from '../transport/body.ts';
import {
  AbortedError,
  ConnectionError,
  type ErrorContext,
  type PaysagaError,
  TimeoutError,
  UnexpectedAnswerError,
} from './paysaga-error.ts';
import {
  type MemberType,
  type Problem,
  type ProblemContext,
  ProblemError,
} from './problem-error.ts';

/** The error of a try that brought no resource. */
export function errorOf(
  outcome: Outcome,
  { signal, ...known }: ErrorContext & { readonly signal?: AbortSignal | undefined },
): PaysagaError {
  if (outcome.kind === 'unanswered') {
    switch (outcome.why) {
      case 'aborted':
        return new AbortedError('aborted by the caller', { ...known, cause: signal?.reason });
      case 'timeout':
        return new TimeoutError(`no answer in time; ${said[known.effect]}`, known);
      case 'connection':
        return new ConnectionError(`no answer; ${said[known.effect]}`, {
          ...known,
          cause: outcome.cause,
        });
    }
  }
  const { status, headers, text } = outcome;
  const body = problemIn(text);
  if (!body) {
    return new UnexpectedAnswerError(
      `the answer (${status}) is not one of this API`,
      status,
      known,
    );
  }
  return problemError(body, { ...known, headers, retryAfterMs: retryAfterMs(headers) });
}

const said = {
  none: 'the call had no effect',
  unknown: 'the call may have had its effect: find out by the same call with the same key',
} as const;

/** By the code, where the body has the members that this code's has; else the general one. */
function problemError(problem: Problem, context: ProblemContext): ProblemError {
  const known = Object.hasOwn(problems, problem.code)
    ? problems[problem.code as keyof typeof problems]
    : null;
  return known && Object.entries(known.members).every(([name, is]) => fits(problem[name], is))
    ? new known(problem, context)
    : new ProblemError(problem, context);
}

function fits(value: unknown, type: MemberType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
  }
}

/** The problem of this API that an answer is; null for anything else, also another service's problem. */
export function problemIn(text: string): Problem | null {
  const body = jsonOf(text);
  if (typeof body !== 'object' || body === null) {
    return null;
  }
  const {
    type,
    title,
    detail,
    instance,
    code,
    errors = [],
  } = body as Partial<Record<string, unknown>>;
  const isOurs =
    type === `urn:paysaga:problem:${code}` &&
    [title, detail, instance, code].every((member) => typeof member === 'string') &&
    Array.isArray(errors);
  return isOurs ? (body as Problem) : null;
}
