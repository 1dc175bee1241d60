import { type ErrorContext, UnexpectedAnswerError } from '../errors/paysaga-error.ts';

interface Answered {
  readonly status: number;
  readonly text: string;
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/**
 * The resource of a success; undefined where there is none.
 *
 * @throws UnexpectedAnswerError
 */
export function resourceOf({ status, text }: Answered, context: ErrorContext): unknown {
  if (text === '') {
    return undefined;
  }
  const body = jsonOf(text);
  if (body === undefined) {
    throw new UnexpectedAnswerError(`the answer (${status}) is not JSON`, status, context);
  }
  if (holdsRounded(body)) {
    // A sum of a ledger can be that large. A wrong one without a word would be worse than none.
    const message = 'the answer holds an integer beyond 2^53, which a number would round';
    throw new UnexpectedAnswerError(message, status, context);
  }
  return body;
}

/** Undefined for what is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function holdsRounded(value: unknown): boolean {
  return typeof value === 'number'
    ? Number.isInteger(value) && !Number.isSafeInteger(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsRounded);
}
