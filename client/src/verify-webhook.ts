/** The webhook is not one that this secret signed, not one of these minutes, or no event at all. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
}

export interface VerifyOptions {
  /** How far the time of sending may be from now, either way. 5 minutes when absent. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Verifies a webhook by Standard Webhooks, https://www.standardwebhooks.com: an HMAC-SHA-256 over id,
 * time and body under the endpoint's secret, and a time that is now.
 *
 * @param rawBody the body as it came, before anything parsed it
 * @param secret `whsec_` and base64, as the API showed it once
 * @returns the event
 * @throws WebhookVerificationError
 */
export async function verifyWebhook<Event = unknown>(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string,
  { toleranceSeconds = 300, now = Date.now }: VerifyOptions = {},
): Promise<Event> {
  const header = readerOf(headers);
  const [id, time] = [header('webhook-id'), header('webhook-timestamp')];
  if (!/^\d{1,12}$/.test(time) || Math.abs(now() / 1_000 - Number(time)) > toleranceSeconds) {
    throw new WebhookVerificationError('the time of sending is not of the last minutes');
  }
  const body = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
  const signed = new TextEncoder().encode(`${id}.${time}.${body}`);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyOf(secret), hmac, false, ['verify']);
  // While a secret is being replaced there is a signature for each: one that fits is enough.
  for (const signature of header('webhook-signature').split(' ')) {
    const [version, mac = ''] = signature.split(',');
    const bytes = version === 'v1' ? bytesOf(mac) : null;
    if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, signed))) {
      return eventIn(body) as Event;
    }
  }
  throw new WebhookVerificationError('no signature of this secret');
}

function readerOf(headers: WebhookHeaders): (name: string) => string {
  // Not by a Headers of all of them: HTTP/2 of Node has names that it does not take, `:method`.
  const read = (name: string) => {
    if (headers instanceof Headers) {
      return headers.get(name);
    }
    const values = Object.entries(headers)
      .filter(([one]) => one.toLowerCase() === name)
      .flatMap(([, value]) => value ?? []);
    return values.join(' ').trim();
  };
  return (name) => {
    const value = read(name);
    if (!value) {
      throw new WebhookVerificationError(`${name} is missing`);
    }
    return value;
  };
}

/** @throws WebhookVerificationError for what is not JSON, whoever signed it */
function eventIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new WebhookVerificationError('the body is not JSON');
  }
}

/** @throws WebhookVerificationError for what is no secret of an endpoint; it never quotes it */
function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  // In JavaScript it may be what the environment does not have.
  const bytes = bytesOf(String(secret ?? '').replace(/^whsec_/, ''));
  if (!bytes || bytes.length === 0) {
    throw new WebhookVerificationError('the secret is not whsec_ and base64');
  }
  return bytes;
}

/** Null for what is not base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
