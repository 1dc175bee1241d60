import { Webhook } from 'standardwebhooks';

/** What a webhook is signed over, and with. */
export interface SignedWebhook {
  /** The same at each try; what a receiver tells repeats by. */
  readonly id: string;
  /** Of this try, in ms since 1970: receivers refuse what is more than minutes old. */
  readonly timeMs: number;
  /** The exact text that is sent. */
  readonly body: string;
  /** All that are valid now: while a secret is replaced, old and new. */
  readonly secrets: readonly string[];
}

export interface SignatureHeaders extends Readonly<Record<string, string>> {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  /** One signature for each secret, with spaces between. */
  readonly 'webhook-signature': string;
}

const prefix = 'whsec_';
const secretBytes = { min: 24, made: 32, max: 64 };

/**
 * The headers of a webhook by Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over
 * `<id>.<timestamp>.<body>`.
 *
 * @throws RangeError for an id with other than letters, digits, `_` and `-` (a full stop could
 *   shift what is the id and what the time), and for no secret or one of another form
 */
export function signatureHeaders({ id, timeMs, body, secrets }: SignedWebhook): SignatureHeaders {
  if (!/^[\w-]+$/.test(id)) {
    throw new RangeError('a webhook id has letters, digits, _ and - alone');
  }
  if (secrets.length === 0 || !secrets.every(isWebhookSecret)) {
    throw new RangeError('a webhook is signed with one secret of its form or more');
  }
  const time = new Date(timeMs);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timeMs / 1_000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(id, time, body))
      .join(' '),
  };
}

/** `whsec_` and the base64 of 24 to 64 bytes, with its padding. */
export function isWebhookSecret(text: string): boolean {
  const base64 = text.slice(prefix.length);
  const bytes = Buffer.from(base64, 'base64');
  return (
    text.startsWith(prefix) &&
    bytes.toString('base64') === base64 &&
    bytes.length >= secretBytes.min &&
    bytes.length <= secretBytes.max
  );
}

/** A new secret, of 32 bytes from a source that nobody can foresee. */
export function newWebhookSecret(randomBytes: (length: number) => Uint8Array): string {
  return `${prefix}${Buffer.from(randomBytes(secretBytes.made)).toString('base64')}`;
}
