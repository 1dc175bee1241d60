import { checkApiKey, type Settings, UnusableKeyError } from '../options.ts';
import type { PreparedRequest } from './request.ts';

/** What became of one try. */
export type Outcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
    }
  | {
      readonly kind: 'unanswered';
      readonly why: 'connection' | 'timeout' | 'aborted';
      /** False when it cannot have arrived. */
      readonly sent: boolean;
      readonly cause: unknown;
    };

/**
 * Sends a call once, and takes its answer whole.
 *
 * @throws UnusableKeyError when the function that is asked for the key has none
 */
export async function attempt(
  { fetch, apiKey, time }: Pick<Settings, 'fetch' | 'apiKey' | 'time'>,
  { url, method, headers, body }: PreparedRequest,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Outcome> {
  const controller = new AbortController();
  let why: 'connection' | 'timeout' | 'aborted' = 'connection';
  let sent = false;
  const stop = (because: 'timeout' | 'aborted') => {
    why = because;
    controller.abort();
  };
  const cancelTimer = time.after(timeoutMs, () => stop('timeout'));
  const onAbort = () => stop('aborted');
  signal?.addEventListener('abort', onAbort);
  const exchange = async (): Promise<Outcome> => {
    const key = typeof apiKey === 'string' ? apiKey : checkApiKey(await apiKey());
    controller.signal.throwIfAborted();
    sent = true;
    const response = await fetch(url, {
      method,
      headers: { ...headers, authorization: `Bearer ${key}` },
      body,
      // A key goes to the address that it was given for, and a payment is sent to no other.
      redirect: 'error',
      credentials: 'omit',
      signal: controller.signal,
    });
    const { status } = response;
    return { kind: 'answered', status, headers: response.headers, text: await response.text() };
  };
  try {
    return await Promise.race([exchange(), aborted(controller.signal)]);
  } catch (cause) {
    if (cause instanceof UnusableKeyError) {
      throw cause;
    }
    return { kind: 'unanswered', why, sent: sent && !isNeverSent(cause), cause };
  } finally {
    cancelTimer();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Rejects when the signal says so: not everything that is waited for heeds it. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function isNeverSent(error: unknown): boolean {
  return error instanceof Error && isOfNoConnection(error.cause);
}

/**
 * What Node's fetch says when there was no connection to send anything by. The code does not tell: a
 * host can become unreachable while its answer is read. Browsers say nothing of either.
 */
function isOfNoConnection(cause: unknown): boolean {
  if (cause instanceof AggregateError) {
    // One for each address of the host.
    return cause.errors.length > 0 && cause.errors.every(isOfNoConnection);
  }
  const { syscall, code } = (cause ?? {}) as {
    readonly syscall?: unknown;
    readonly code?: unknown;
  };
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT';
}
