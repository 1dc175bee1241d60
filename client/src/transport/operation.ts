/** What the API's document says of an operation, as far as sending it goes. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With its parameters in braces: `/payments/{payment_id}`. */
  readonly path: string;
  readonly body: boolean;
  /** Takes an `Idempotency-Key`. */
  readonly key: boolean;
  /** Takes `Prefer: wait`. */
  readonly wait: boolean;
}

/** What is sent of one call. */
export interface Parts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: object | undefined;
  readonly body?: unknown;
}
