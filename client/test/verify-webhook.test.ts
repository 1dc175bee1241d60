import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook, WebhookVerificationError } from '../src/index.ts';

const bytes = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const secret = `whsec_${bytes(1)}`;
const nowMs = 1_767_225_600_000;
const now = () => nowMs;
const body = '{"type":"payment.captured","note":"Grüße"}';

/** What a sender sends that has these secrets. */
function sent(at = nowMs, secrets = [secret], text = body): Record<string, string> {
  return {
    'webhook-id': 'event-1',
    'webhook-timestamp': String(at / 1_000),
    'webhook-signature': secrets
      .map((each) => new Webhook(each).sign('event-1', new Date(at), text))
      .join(' '),
  };
}

describe('a webhook', () => {
  it('that the secret signed is its event', async () => {
    const event = await verifyWebhook(body, sent(), secret, { now });
    expect(event).toEqual({ type: 'payment.captured', note: 'Grüße' });
  });

  it('can come as bytes, and with headers of any form', async () => {
    const raw = new TextEncoder().encode(body);
    await verifyWebhook(raw, new Headers(sent()), secret, { now });
    const upper = Object.entries(sent()).map(([name, value]) => [name.toUpperCase(), [value]]);
    await verifyWebhook(raw, Object.fromEntries(upper), secret, { now });
  });

  it('can come over HTTP/2, whose headers have names that no header has', async () => {
    const headers = { ':method': 'POST', ':path': '/hooks', 'set-cookie': ['a', 'b'], ...sent() };
    await verifyWebhook(body, headers, secret, { now });
  });

  it('that is signed and not JSON is refused', async () => {
    const text = 'type=payment.captured';
    const verified = verifyWebhook(text, sent(nowMs, [secret], text), secret, { now });
    await expect(verified).rejects.toThrow(WebhookVerificationError);
  });

  it('is good while its secret is being replaced', async () => {
    const other = `whsec_${bytes(2)}`;
    await verifyWebhook(body, sent(nowMs, [other, secret]), secret, { now });
    await verifyWebhook(body, sent(nowMs, [secret, other]), secret, { now });
  });

  it.each([
    ['another body', `${body} `, sent(), secret],
    ['another secret', body, sent(), `whsec_${bytes(2)}`],
    ['another id', body, { ...sent(), 'webhook-id': 'event-2' }, secret],
    ['another time', body, { ...sent(), 'webhook-timestamp': String(nowMs / 1_000 + 1) }, secret],
    ['no signature', body, { ...sent(), 'webhook-signature': '' }, secret],
    ['a signature of another kind', body, { ...sent(), 'webhook-signature': 'v1a,AAAA' }, secret],
    ['a signature that is none', body, { ...sent(), 'webhook-signature': 'v1,%%%' }, secret],
    ['an old one', body, sent(nowMs - 301_000), secret],
    ['one of the future', body, sent(nowMs + 301_000), secret],
    ['a time that is none', body, { ...sent(), 'webhook-timestamp': 'now' }, secret],
  ])('is refused with %s', async (_name, raw, headers, key) => {
    const verified = verifyWebhook(raw, headers, key, { now });
    await expect(verified).rejects.toThrow(WebhookVerificationError);
  });

  it.each(['', 'whsec_', 'whsec_%%%', undefined as unknown as string])(
    'needs a secret that is one: %j',
    async (key) => {
      const verified = verifyWebhook(body, sent(), key, { now });
      await expect(verified).rejects.toThrow(WebhookVerificationError);
    },
  );
});
