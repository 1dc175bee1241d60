import { randomUUID } from 'node:crypto';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type {
  LedgerAccountResource,
  LedgerEntryResource,
  TrialBalanceResource,
} from '../../../shared/contracts/ledger.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { until } from './until.ts';

/** An answer, its body as it came and as JSON. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: T;
}

/** What of a resource `JSON.parse` makes: its sums are numbers there. */
type Wire<T> = T extends bigint
  ? number
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

export interface ListBody<T> {
  readonly object: 'list';
  readonly data: readonly T[];
  readonly next_cursor: string | null;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly payment_id?: string;
}

/** The deployed API, as one tenant calls it. */
export function apiClient(apiUrl: string, apiKey: string) {
  async function call<T>(
    method: string,
    path: string,
    { body, headers }: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json: json as T };
  }
  const get = <T>(path: string, headers?: Record<string, string>) =>
    call<T>('GET', path, headers ? { headers } : {});
  return {
    call,
    get,
    pay: (
      body: unknown,
      { key = randomUUID(), ...headers }: { readonly key?: string } & Record<string, string> = {},
    ) =>
      call<PaymentResource & Omit<Problem, 'status'>>('POST', '/payments', {
        body,
        headers: { 'idempotency-key': key, ...headers },
      }),
    /** `POST` of anything else, under a key of its own unless told otherwise. */
    post: <T>(
      path: string,
      body: unknown,
      { key = randomUUID(), ...headers }: { readonly key?: string } & Record<string, string> = {},
    ) =>
      call<T & Omit<Problem, 'status'>>('POST', path, {
        body,
        headers: { 'idempotency-key': key, ...headers },
      }),
    payment: (id: string) => get<PaymentResource>(`/payments/${id}`),
    /** All of them, page by page. */
    events: (id: string) => allOf<PaymentEvent>(get, `/payments/${id}/events`),
    settled: (id: string, withinMs = 60_000) =>
      until(
        `payment ${id} settled`,
        async () => {
          const { json } = await get<PaymentResource>(`/payments/${id}`);
          return json.status === 'processing' ? null : json;
        },
        { withinMs },
      ),
    trialBalance: async () =>
      (await get<Wire<TrialBalanceResource>>('/ledger/trial-balance')).json.currencies,
    account: (id: string) =>
      get<Wire<LedgerAccountResource> & Omit<Problem, 'status'>>(`/ledger/accounts/${id}`),
    entries: (account: string, query = '') =>
      get<ListBody<LedgerEntryResource>>(`/ledger/accounts/${account}/entries${query}`),
  };
}

async function allOf<T>(
  get: (path: string) => Promise<Answer<ListBody<T>>>,
  path: string,
): Promise<T[]> {
  const found: T[] = [];
  let query = '';
  for (;;) {
    const { data, next_cursor: next } = (await get(`${path}${query}`)).json;
    found.push(...data);
    if (next === null) {
      return found;
    }
    query = `?cursor=${encodeURIComponent(next)}`;
  }
}
