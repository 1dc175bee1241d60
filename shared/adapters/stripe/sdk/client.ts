import { Stripe } from 'stripe';
import { logger } from '../../../runtime/observability.ts';
import { NoAnswer, OneShot } from './transport.ts';

export interface StripeOptions {
  /** Asked at each operation, so that a new key is in use without a new process. */
  readonly apiKey: () => Promise<string>;
  /** Where Stripe's API is, when it is not Stripe itself. */
  readonly baseUrl?: string;
  /**
   * From the first request of an operation until the last byte of its last answer; a function is
   * asked at each operation.
   */
  readonly deadlineMs?: number | (() => number);
  readonly fetch?: typeof globalThis.fetch;
}

/** What goes with one request of an operation. */
export interface CallOptions {
  readonly apiKey: string;
  readonly timeout: number;
  readonly maxNetworkRetries: 0;
}

export interface StripeClient {
  readonly stripe: Stripe;
  /**
   * Begins an operation: what it returns makes the options of each of its requests, with what is then
   * left of the time.
   *
   * @throws NoAnswer when there is no key; and they throw it when no time is left
   */
  readonly begin: () => Promise<() => CallOptions>;
}

/**
 * The SDK, so that a request is sent once or not at all. It speaks the version of the API that the
 * SDK was made for, whatever the account's default is.
 *
 * @throws Error at start-up when `baseUrl` is no URL
 */
export function stripeClient({
  apiKey,
  baseUrl = 'https://api.stripe.com',
  deadlineMs = 5_000,
  fetch = globalThis.fetch,
}: StripeOptions): StripeClient {
  const { protocol, hostname, port } = new URL(baseUrl);
  const isPlain = protocol === 'http:';
  const stripe = new Stripe('given with each request', {
    protocol: isPlain ? 'http' : 'https',
    host: hostname,
    port: port || (isPlain ? 80 : 443),
    httpClient: new OneShot(fetch),
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return {
    stripe,
    begin: async () => {
      const fullMs = typeof deadlineMs === 'function' ? deadlineMs() : deadlineMs;
      const endMs = performance.now() + fullMs;
      const key = await keyOf(apiKey);
      return () => ({
        apiKey: key,
        timeout: wholeMs(endMs - performance.now()),
        maxNetworkRetries: 0,
      });
    },
  };
}

async function keyOf(apiKey: StripeOptions['apiKey']): Promise<string> {
  try {
    return await apiKey();
  } catch (error) {
    logger.error('the API key of Stripe cannot be read', error as Error);
    throw new NoAnswer({ kind: 'not_sent', reason: 'not sent: the API key cannot be read' });
  }
}

/** The SDK takes a time of 0 for none, which is 80 s. */
function wholeMs(leftMs: number): number {
  if (!(leftMs >= 1)) {
    throw new NoAnswer({ kind: 'not_sent', reason: 'not sent: no time left' });
  }
  return Math.floor(Math.min(leftMs, 60_000));
}
