export interface WebhookRequest {
  readonly url: string;
  /** What is sent beside Host, Content-Length and Connection. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes, as UTF-8. */
  readonly body: string;
}

/**
 * What came of a webhook:
 * - `answered`: a status came, whichever; a redirect is an answer like any other
 * - `refused`: the url, an address of its host, or the size is not allowed; nothing was sent
 * - `failed`: no status came, so it may have arrived or not
 *
 * A `reason` may be shown to whoever gave the url: it names no address.
 */
export type WebhookAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly durationMs: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly durationMs: number };

/** Posts a webhook once, to a url that a stranger has chosen. */
export type SendWebhook = (request: WebhookRequest) => Promise<WebhookAnswer>;

export type WebhookUrlCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string };

/** Tells whether a webhook may be sent to a url, as far as the url alone says. */
export type CheckWebhookUrl = (url: string) => WebhookUrlCheck;
