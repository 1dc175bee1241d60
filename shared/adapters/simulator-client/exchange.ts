import { correlationIdUnderWay } from '../../runtime/observability.ts';
import { type Exchange, sendOnce } from '../send-once.ts';

export interface ExchangeRequest {
  readonly url: string;
  /** What is posted; null: a GET. */
  readonly operation: { readonly idempotencyKey: string; readonly body: unknown } | null;
  /** From now until the last byte of the answer. */
  readonly deadlineMs: number;
}

/** Sends one request of the simulator's API, once, and tells what is known about it. Never throws. */
export function exchange(
  fetch: typeof globalThis.fetch,
  { url, operation, deadlineMs }: ExchangeRequest,
): Promise<Exchange> {
  const correlationId = correlationIdUnderWay();
  const headers = {
    Accept: 'application/json',
    ...(correlationId === null ? {} : { 'X-Correlation-Id': correlationId }),
  };
  return operation === null
    ? sendOnce(fetch, { url, method: 'GET', headers, deadlineMs })
    : sendOnce(fetch, {
        url,
        method: 'POST',
        headers: {
          ...headers,
          'Content-Type': 'application/json',
          'Idempotency-Key': operation.idempotencyKey,
        },
        body: JSON.stringify(operation.body),
        deadlineMs,
      });
}
