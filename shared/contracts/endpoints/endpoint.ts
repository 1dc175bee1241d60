import type * as z from 'zod/mini';
import type { Scope } from '../../domain/access/scopes.ts';
import type { ApiErrorCode } from '../errors.ts';

/** What a caller needs: a scope of its key, and policies that permit the action. */
export interface EndpointAccess {
  readonly scope: Scope;
  /** `<what>:<verb>`, as policies name it. */
  readonly action: `${string}:${string}`;
}

/** What an endpoint can read of a request's headers, beyond what all of them do; none has to be there. */
export type RequestHeader =
  | 'If-None-Match'
  | 'Prefer'
  | 'Stripe-Signature'
  | 'webhook-id'
  | 'webhook-signature'
  | 'webhook-timestamp';

/** One endpoint: what it takes, what it answers, and which errors it can give. */
export interface Endpoint<Body = unknown, Query = unknown> {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** API Gateway's form: `/payments/{payment_id}`. */
  readonly path: string;
  readonly summary: string;
  /** Null only for what anybody may call. */
  readonly access: EndpointAccess | null;
  readonly body?: z.ZodMiniType<Body>;
  /** The body is handed on as its bytes, whatever its type: who sends it has signed these. */
  readonly raw?: true;
  /** Query parameters; unknown ones are refused. */
  readonly query?: z.ZodMiniType<Query>;
  /** Whoever can answer `idempotency_key_required` takes an `Idempotency-Key` as well. */
  readonly takes?: readonly RequestHeader[];
  /** The headers of an answer that is no error, beyond those that follow from what is taken. */
  readonly gives?: readonly ('ETag' | 'Location')[];
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
