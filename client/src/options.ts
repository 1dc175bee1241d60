import type { Backoff } from './transport/backoff.ts';
import { realTime, type Time } from './transport/time.ts';

export interface ClientOptions {
  /** Of the API, with its stage: `https://abc.example.com/v1`. Plain http only to this machine. */
  readonly baseUrl: string;
  /** An API key or an access token. A function is asked anew at each try. */
  readonly apiKey: string | (() => string | Promise<string>);
  /** The global one when absent. */
  readonly fetch?: typeof fetch;
  /** For one try; what a call waits for by `waitSeconds` comes on top. 10 s when absent. */
  readonly timeoutMs?: number;
  /** For a call with all of its tries and the pauses between. 60 s when absent. */
  readonly deadlineMs?: number;
  /** Tries after the first. 4 when absent. */
  readonly maxRetries?: number;
  /** Between tries, with full jitter. From 200 ms up to 5 s when absent. */
  readonly backoff?: Backoff;
  readonly time?: Time;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Makes an idempotency key. A UUID when absent. */
  readonly newKey?: () => string;
}

/** Of one call; what is absent is the client's own. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly maxRetries?: number;
  /** `X-Correlation-Id`: joins everything that this call leads to. */
  readonly correlationId?: string;
}

/** Of a call that has an effect once, however often it is sent. */
export interface KeyedOptions extends CallOptions {
  /** 1 to 255 visible ASCII characters without commas. A new UUID when absent. */
  readonly idempotencyKey?: string;
}

/** Of a call that can wait for its outcome. */
export interface WaitOptions extends KeyedOptions {
  /** `Prefer: wait`: whole seconds, up to 10, that the answer may take until there is an outcome. */
  readonly waitSeconds?: number;
}

export interface ListOptions extends CallOptions {
  /** The most items to go through. All when absent. */
  readonly most?: number;
}

/** The options with what was left out of them. */
export type Settings = Required<ClientOptions>;

/**
 * @throws TypeError for an address or a key that cannot be used; it never quotes the key
 */
export function settingsOf(options: ClientOptions): Settings {
  const { apiKey } = options;
  if (typeof apiKey !== 'function') {
    checkApiKey(apiKey);
  }
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    timeoutMs: 10_000,
    deadlineMs: 60_000,
    maxRetries: 4,
    backoff: { baseMs: 200, capMs: 5_000 },
    time: realTime,
    random: Math.random,
    newKey: () => crypto.randomUUID(),
    ...definedOf(options),
    apiKey,
    baseUrl: baseUrlOf(options.baseUrl),
  };
}

/** Undefined is absent: it must not take the place of what there is without it. */
export function definedOf<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function baseUrlOf(text: string): string {
  if (!URL.canParse(text)) {
    throw new TypeError('baseUrl is not a URL');
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError(
      'baseUrl must be https: a key is sent there. http is for this machine alone',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError('baseUrl is an address and a path, without a user, a query or a fragment');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9-]+\.)*localhost)$/.test(host);
}

/** The API key is none that a header takes. */
export class UnusableKeyError extends TypeError {
  override readonly name = 'UnusableKeyError';
}

/**
 * fetch would quote a value that is no header in its error.
 *
 * @throws UnusableKeyError
 */
export function checkApiKey(key: string): string {
  // A function in JavaScript may answer undefined, which is a text to a pattern.
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) {
    throw new UnusableKeyError('the API key is empty, or has characters that no header takes');
  }
  return key;
}

/** @throws TypeError */
export function checkIdempotencyKey(key: string): string {
  if (!/^[\x21-\x2b\x2d-\x7e]{1,255}$/.test(key)) {
    throw new TypeError('an idempotency key has 1 to 255 visible ASCII characters without commas');
  }
  return key;
}
