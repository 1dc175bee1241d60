import { type PostRequest, post } from './exchange.ts';
import { type Failure, outcomeOf, type Reading } from './outcome.ts';

export interface SimulatorClientOptions {
  /** Where the simulator's API is, with its stage; a slash at the end makes no difference. */
  readonly baseUrl: string;
  /** From sending until the last byte of the answer. */
  readonly deadlineMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

/** Sends one request and tells what came of it. */
export type Send = <Answer, Success>(
  path: string,
  request: Pick<PostRequest, 'idempotencyKey' | 'body'>,
  reading: Reading<Answer, Success>,
) => Promise<Success | Failure>;

/**
 * The simulator over HTTP. Each call is sent once: trying again is the saga table's business, and
 * safe there because the operation id makes a repeated call the same call.
 *
 * @throws Error at start-up when `baseUrl` is no URL
 */
export function simulatorClient({
  baseUrl,
  deadlineMs = 5_000,
  fetch = globalThis.fetch,
}: SimulatorClientOptions): Send {
  const root = new URL(baseUrl).href.replace(/\/+$/, '');
  return async (path, request, reading) =>
    outcomeOf(await post(fetch, { ...request, url: `${root}${path}`, deadlineMs }), reading);
}
