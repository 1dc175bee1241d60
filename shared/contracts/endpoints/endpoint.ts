import type * as z from 'zod/mini';
import type { ApiErrorCode } from '../errors.ts';

/** One endpoint: what it takes, what it answers, and which errors it can give. */
export interface Endpoint<Body = unknown, Query = unknown> {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** API Gateway's form: `/payments/{payment_id}`. */
  readonly path: string;
  readonly summary: string;
  /** False only for what anybody may read. */
  readonly authenticated: boolean;
  readonly body?: z.ZodMiniType<Body>;
  /** Query parameters; unknown ones are refused. */
  readonly query?: z.ZodMiniType<Query>;
  /** Status code to the schema of its body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType>>;
  /** Beyond those that every endpoint can give. */
  readonly errors: readonly ApiErrorCode[];
}

/** Keeps the body's and the query's types while checking the shape. */
export function endpoint<Body = undefined, Query = undefined>(
  contract: Endpoint<Body, Query>,
): Endpoint<Body, Query> {
  return contract;
}
