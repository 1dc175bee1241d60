import { type ErrorContext, PaysagaError } from './paysaga-error.ts';

/** One place of a request that does not validate: a JSON pointer, a header or a query parameter. */
export interface ProblemPlace {
  readonly path: string;
  readonly message: string;
}

/** The body of an answer other than success (RFC 9457), with members of its own by its code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly ProblemPlace[];
  readonly [member: string]: unknown;
}

/** What a member of a problem can be; `strings` is a list of them. */
export type MemberType = 'string' | 'integer' | 'strings';

export interface ProblemContext extends ErrorContext {
  readonly headers: Headers;
  readonly retryAfterMs: number | null;
}

/**
 * The API refused the call, or failed at it. Each code has a class of its own; a code that this
 * version does not know comes as this one.
 */
export class ProblemError extends PaysagaError {
  /** What a problem of this class has beyond what all have, by the name in the body. */
  static readonly members: Readonly<Record<string, MemberType>> = {};
  override readonly name: string = 'ProblemError';
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** `urn:paysaga:request:<id>`: to quote in a support case. */
  readonly instance: string;
  /** The id in `instance`. */
  readonly requestId: string;
  /** The places that do not validate; none for other problems. */
  readonly errors: readonly ProblemPlace[];
  /** From `Retry-After`. */
  readonly retryAfterMs: number | null;
  readonly headers: Headers;
  /** All of the body. */
  readonly problem: Problem;

  constructor(problem: Problem, context: ProblemContext) {
    super(`${problem.code}: ${problem.detail}`, context);
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.instance = problem.instance;
    this.requestId = problem.instance.slice(problem.instance.lastIndexOf(':') + 1);
    this.errors = problem.errors ?? [];
    this.retryAfterMs = context.retryAfterMs;
    this.headers = context.headers;
    this.problem = problem;
  }
}
