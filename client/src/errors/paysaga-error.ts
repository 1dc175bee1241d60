/**
 * Whether a call that failed changed something:
 * - `none`: it did not; nothing was sent, or it was refused
 * - `unknown`: it may have. The same call with the same idempotency key finds out, and takes effect
 *   once at most
 */
export type Effect = 'none' | 'unknown';

export interface ErrorContext {
  readonly effect: Effect;
  /** The key that the call was sent with: to send it again. Null for a call without one. */
  readonly idempotencyKey: string | null;
  readonly cause?: unknown;
}

/** Everything that a call of the client rejects with. */
export class PaysagaError extends Error {
  override readonly name: string = 'PaysagaError';
  readonly effect: Effect;
  readonly idempotencyKey: string | null;

  constructor(message: string, { effect, idempotencyKey, cause }: ErrorContext) {
    super(message, { cause });
    this.effect = effect;
    this.idempotencyKey = idempotencyKey;
  }
}

/**
 * A try could not be made: a parameter, or what the function for the API key answered, cannot be sent.
 * `cause` says which; it never quotes the key.
 */
export class UnsendableError extends PaysagaError {
  override readonly name = 'UnsendableError';
}

/** There was no answer: no connection, or one that broke. */
export class ConnectionError extends PaysagaError {
  override readonly name = 'ConnectionError';
}

/** There was no answer in time. */
export class TimeoutError extends PaysagaError {
  override readonly name = 'TimeoutError';
}

/** The caller's own signal ended it; `cause` is the signal's reason. */
export class AbortedError extends PaysagaError {
  override readonly name = 'AbortError';
}

/** An answer that is not one of this API's: a proxy's page, or another service at this address. */
export class UnexpectedAnswerError extends PaysagaError {
  override readonly name = 'UnexpectedAnswerError';
  readonly status: number;

  constructor(message: string, status: number, context: ErrorContext) {
    super(message, context);
    this.status = status;
  }
}
