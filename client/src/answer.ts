/** What an answer says beside its resource. */
export interface AnswerInfo {
  readonly status: number;
  readonly headers: Headers;
  /** True when the idempotency key was known, and this is the answer of then. */
  readonly replayed: boolean;
  /** To quote in a support case. */
  readonly requestId: string | null;
  readonly etag: string | null;
}

const answers = new WeakMap<object, AnswerInfo>();

/**
 * What came with a resource, or with a page of a list: the object itself that a method returned, not
 * a copy of it. Undefined for anything else.
 */
export function answerOf(resource: object): AnswerInfo | undefined {
  return answers.get(resource);
}

/** Keeps what came with a resource, for as long as somebody has the resource. */
export function rememberAnswer(resource: unknown, status: number, headers: Headers): void {
  if (typeof resource === 'object' && resource !== null) {
    answers.set(resource, {
      status,
      headers,
      replayed: headers.get('idempotent-replayed') === 'true',
      // A page of another origin sees the second alone. It is the first, unless one was sent.
      requestId: headers.get('x-amzn-requestid') ?? headers.get('x-correlation-id'),
      etag: headers.get('etag'),
    });
  }
}
