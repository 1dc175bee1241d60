/**
 * What came of sending a request:
 * - `answered`: a status came; `body` is null when it broke off or came too late, see `reason`
 * - `not_sent`: it failed before a byte of the request could leave
 * - `lost`: it may have arrived, or not
 */
export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: null;
      readonly reason: string;
    }
  | { readonly kind: 'not_sent'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

export interface Sending {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From now until the last byte of the answer. */
  readonly deadlineMs: number;
}

/** Sends one request, once, and tells what is known about it. Never throws. */
export async function sendOnce(
  fetch: typeof globalThis.fetch,
  { url, deadlineMs, headers, ...request }: Sending,
): Promise<Exchange> {
  if (deadlineMs < 1) {
    return { kind: 'not_sent', reason: 'not sent: no time left' };
  }
  let response: Response;
  try {
    response = await fetch(url, {
      ...request,
      // Lambda freezes an environment between calls. A connection kept over that time may have
      // been closed by the other side, and a request lost on it is an unknown outcome for nothing.
      headers: { ...headers, Connection: 'close' },
      // A redirect could repeat the request somewhere else: it is an answer like any other.
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.floor(deadlineMs)),
    });
  } catch (error) {
    return wasNotSent(error)
      ? { kind: 'not_sent', reason: `not sent: ${nameOf(error)}` }
      : { kind: 'lost', reason: lossOf(error, deadlineMs) };
  }
  const { status } = response;
  try {
    return { kind: 'answered', status, body: await response.text() };
  } catch (error) {
    return { kind: 'answered', status, body: null, reason: lossOf(error, deadlineMs) };
  }
}

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/**
 * Tells whether an error of `fetch` proves that nothing was sent. The code is not enough: a host
 * can become unreachable under an open connection (`read EHOSTUNREACH`), with the request gone out;
 * so it must come from looking up or connecting. With several addresses each must have failed so.
 */
function wasNotSent(error: unknown): boolean {
  const cause = causeOf(error);
  if (cause instanceof AggregateError) {
    return cause.errors.length > 0 && cause.errors.every(isConnectError);
  }
  return isConnectError(cause);
}

function isConnectError(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return (
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    (neverConnected.has(code ?? '') && (syscall === 'connect' || syscall === 'getaddrinfo'))
  );
}

function lossOf(error: unknown, deadlineMs: number): string {
  return error instanceof Error && error.name === 'TimeoutError'
    ? `no answer within ${deadlineMs} ms`
    : `connection lost: ${nameOf(error)}`;
}

/** `fetch` says only that it failed; what failed is the error's cause. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** A code, or else a name: never a message, which can hold addresses or content. */
function nameOf(error: unknown): string {
  const cause = causeOf(error) as Partial<NodeJS.ErrnoException> | null | undefined;
  return cause?.code ?? cause?.name ?? 'unknown error';
}
