import { problems } from '../generated/problems.ts';
import { ProblemError } from './problem-error.ts';

export type ProblemCode = keyof typeof problems;

/**
 * Tells a problem by its code, with the members that this code has:
 * `if (isProblem(error, 'amount_too_large')) { error.available }`
 */
export function isProblem<Code extends ProblemCode>(
  error: unknown,
  code: Code,
): error is InstanceType<(typeof problems)[Code]> {
  return error instanceof ProblemError && error instanceof problems[code];
}
