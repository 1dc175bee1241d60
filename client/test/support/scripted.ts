import { type ClientOptions, Paysaga } from '../../src/index.ts';
import { passingTime } from './time.ts';

/** A request as it was sent. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | null;
  readonly redirect: string | undefined;
  readonly atMs: number;
}

/** What is answered to one request; an error is thrown, `hangs` never answers. */
export type Scripted = Response | Error | 'hangs' | ((sent: Sent) => Response);

export const baseUrl = 'https://api.example.com/v1';

export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** A problem as the API answers it. */
export function problem(
  code: string,
  status: number,
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  return json(
    status,
    {
      type: `urn:paysaga:problem:${code}`,
      title: 'What happened',
      status,
      detail: 'What happened here.',
      instance: 'urn:paysaga:request:request-1',
      code,
      ...members,
    },
    { 'content-type': 'application/problem+json', ...headers },
  );
}

/** What fetch throws of a connection that was never there. */
export function refusedConnection(): Error {
  return failedFetch({ code: 'ECONNREFUSED', syscall: 'connect' });
}

/** What fetch throws for an error of Node's with such members. */
export function failedFetch(members: object): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('it failed'), members) });
}

/** What fetch throws of a connection that broke. */
export function brokenConnection(): Error {
  return new TypeError('fetch failed', { cause: new Error('other side closed') });
}

/** A fetch that does what its signal says, and else what a function says of each request. */
export function fetchBy(
  answer: (sent: Sent) => Promise<Response>,
  { now = () => 0, sent = [] }: { readonly now?: () => number; readonly sent?: Sent[] } = {},
): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request: Sent = {
        method: init?.method ?? 'GET',
        url: new URL(String(input)),
        headers: new Headers(init?.headers),
        body: (init?.body ?? null) as string | null,
        redirect: init?.redirect,
        atMs: now(),
      };
      sent.push(request);
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      answer(request).then(resolve, reject);
    });
}

/** A client whose requests are answered one after the other as a script says; the last goes on. */
export function scripted(script: readonly Scripted[], options: Partial<ClientOptions> = {}) {
  const time = passingTime();
  const sent: Sent[] = [];
  const answer = async (request: Sent): Promise<Response> => {
    const next = script[Math.min(sent.length, script.length) - 1];
    if (next === undefined || next instanceof Error) {
      throw next ?? new Error('nothing is scripted');
    }
    return next === 'hangs'
      ? new Promise(() => {})
      : next instanceof Response
        ? next.clone()
        : next(request);
  };
  const client = new Paysaga({
    baseUrl,
    apiKey: 'key-of-acme',
    time,
    random: () => 0.5,
    fetch: fetchBy(answer, { now: time.now, sent }),
    ...options,
  });
  return {
    client,
    time,
    sent,
    /** Lets time go by until a call has ended. */
    run: <T>(call: Promise<T>) => time.until(call),
    /** The same of one that has to fail: its error. */
    failure: (call: Promise<unknown>) =>
      time.until(
        call.then(
          (value) => {
            throw new Error(`it did not fail: ${JSON.stringify(value)}`);
          },
          (error: unknown) => error,
        ),
      ),
    /** How long after each try the next one was sent. */
    pauses: () => sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0)),
  };
}

export const aPayment = {
  id: '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd',
  object: 'payment',
  status: 'processing',
  amount: 2_500,
  currency: 'BRL',
  amount_authorized: 0,
  amount_captured: 0,
  amount_refunded: 0,
  capture_method: 'automatic',
  payment_method: 'tok_approve',
  merchant_reference: null,
  customer: null,
  metadata: {},
  failure: null,
  created: '2026-01-01T00:00:00.000Z',
  version: 1,
} as const;

export const leastBody = { amount: 2_500, currency: 'BRL', payment_method: 'tok_approve' } as const;
