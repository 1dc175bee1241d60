import { Paysaga } from '../../../client/src/client.ts';
import { type ClientOptions, settingsOf } from '../../../client/src/options.ts';
import { type Send, sender } from '../../../client/src/transport/send.ts';

/** The API as one session sees it. */
export interface Api {
  readonly client: Paysaga;
  /** For an operation that the client has no method for. */
  readonly send: Send;
}

/**
 * A person waits: fewer tries than a program makes, and an answer soon.
 *
 * @param tenant whose data an operator reads; null for one's own
 */
export function apiOf(baseUrl: string, apiKey: string, tenant: string | null): Api {
  const options: ClientOptions = {
    baseUrl,
    apiKey,
    maxRetries: 2,
    timeoutMs: 15_000,
    deadlineMs: 30_000,
    fetch: (input, init) => fetch(input, { ...init, headers: headersOf(init, tenant) }),
  };
  return { client: new Paysaga(options), send: sender(settingsOf(options)) };
}

/** An operator reads as a tenant, and acts as an operator: the header is for reads alone. */
function headersOf(init: RequestInit | undefined, tenant: string | null): Headers {
  const headers = new Headers(init?.headers);
  if (tenant !== null && (init?.method ?? 'GET') === 'GET') {
    headers.set('paysaga-tenant', tenant);
  }
  return headers;
}
