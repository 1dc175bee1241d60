import { Stripe } from 'stripe';
import { type Exchange, sendOnce } from '../../send-once.ts';

/** A call that brought no answer that one can read, with what is known of it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly exchange: Exchange;

  constructor(exchange: Exchange) {
    super('no answer of Stripe');
    this.exchange = exchange;
  }
}

/**
 * What carries the SDK's requests, each once. Its own clients send a request again when the connection
 * breaks, even with `maxNetworkRetries: 0` (RequestSender's `_shouldRetry`), and do not tell what was
 * never sent from what may have arrived.
 */
export class OneShot extends Stripe.HttpClient {
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    super();
    this.#fetch = fetch;
  }

  override getClientName(): string {
    return 'fetch';
  }

  /** @throws NoAnswer which the SDK wraps into an error of its own */
  override async makeRequest(
    ...[host, port, path, method, headers, body, protocol, timeoutMs]: Parameters<
      InstanceType<typeof Stripe.HttpClient>['makeRequest']
    >
  ): Promise<Answered> {
    const exchange = await sendOnce(this.#fetch, {
      url: `${protocol}://${host}:${port}${path}`,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: sentHeaders(headers),
      ...(method === 'POST' && { body }),
      deadlineMs: timeoutMs,
    });
    if (exchange.kind !== 'answered') {
      throw new NoAnswer(exchange);
    }
    return new Answered(exchange);
  }
}

function sentHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}

type Answer = Extract<Exchange, { readonly kind: 'answered' }>;

class Answered extends Stripe.HttpClientResponse {
  readonly #answer: Answer;

  constructor(answer: Answer) {
    super(answer.status, {});
    this.#answer = answer;
  }

  override getRawResponse(): unknown {
    return {};
  }

  /**
   * Stripe answers with 200, or with an `error`: anything else is not its own answer, and the SDK
   * would take it for a success, or forget its status.
   *
   * @throws NoAnswer
   */
  override async toJSON(): Promise<unknown> {
    const { status, body } = this.#answer;
    const json = body === null ? null : parsed(body);
    if (json === null || (status !== 200 && !json.error)) {
      throw new NoAnswer(this.#answer);
    }
    return json;
  }
}

function parsed(body: string): { readonly error?: unknown } | null {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}
