import { type ExchangeRequest, exchange } from './exchange.ts';
import { type InquiryReading, inquiryOf, type NothingFound } from './inquiry.ts';
import { type Failure, outcomeOf, type Reading } from './outcome.ts';

export interface SimulatorClientOptions {
  /** Where the simulator's API is, with its stage; a slash at the end makes no difference. */
  readonly baseUrl: string;
  /** From sending until the last byte of the answer; a function is asked at each call. */
  readonly deadlineMs?: number | (() => number);
  readonly fetch?: typeof globalThis.fetch;
}

/** A side of the simulator. Each call is sent once. */
export interface SimulatorClient {
  /** Sends one request that may take effect, and tells what came of it. */
  readonly send: <Answer, Success>(
    path: string,
    operation: NonNullable<ExchangeRequest['operation']>,
    reading: Reading<Answer, Success>,
  ) => Promise<Success | Failure>;
  /** Asks what is known of a reference. */
  readonly ask: <Answer, Found>(
    path: string,
    reference: string,
    reading: InquiryReading<Answer, Found>,
  ) => Promise<Found | NothingFound>;
}

/**
 * The simulator over HTTP. Trying again is the saga table's business, and safe there because the
 * operation id makes a repeated call the same call.
 *
 * @throws Error at start-up when `baseUrl` is no URL
 */
export function simulatorClient({
  baseUrl,
  deadlineMs = 5_000,
  fetch = globalThis.fetch,
}: SimulatorClientOptions): SimulatorClient {
  const root = new URL(baseUrl).href.replace(/\/+$/, '');
  const leftMs = typeof deadlineMs === 'function' ? deadlineMs : () => deadlineMs;
  return {
    send: async (path, operation, reading) => {
      const url = `${root}${path}`;
      return outcomeOf(await exchange(fetch, { url, operation, deadlineMs: leftMs() }), reading);
    },
    ask: async (path, reference, reading) => {
      const url = `${root}${path}?reference=${encodeURIComponent(reference)}`;
      return inquiryOf(
        await exchange(fetch, { url, operation: null, deadlineMs: leftMs() }),
        reading,
      );
    },
  };
}
