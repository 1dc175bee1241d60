import { setting } from '../environment.ts';

/**
 * What every client of an AWS service has in common: a call is tried at most twice, as beyond that
 * the saga table, the queue or the API's client decides, so that retries do not multiply; and a try
 * without an answer ends, well before its function does. `AWS_CALL_TIMEOUT_MS` is by stage.
 */
export function clientOptions() {
  return {
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: Number(setting('AWS_CALL_TIMEOUT_MS')),
      // Without this the SDK only warns, and waits on.
      throwOnRequestTimeout: true,
    },
  };
}
