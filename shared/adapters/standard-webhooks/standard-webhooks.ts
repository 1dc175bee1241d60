import { isUtf8 } from 'node:buffer';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import {
  InvalidSignature,
  type NoticeHeaders,
  type VerifyNotices,
} from '../../ports/webhooks/notice-verifier.ts';

/**
 * Notices of a PSP that signs by Standard Webhooks (standardwebhooks.com): one a request, the body
 * itself, with a timestamp of at most five minutes ago or ahead by the library's clock.
 *
 * @param secret `whsec_` and base64
 * @throws Error for a secret of another form
 */
export function standardWebhooks(secret: string): VerifyNotices {
  const webhook = new Webhook(secret);
  return (headers, rawBody) => {
    // The library signs text: other bytes would be taken for those that stand for "not a character".
    if (!isUtf8(rawBody)) {
      throw new InvalidSignature('the body is not UTF-8');
    }
    const text = rawBody.toString('utf8');
    try {
      webhook.verify(text, signatureOf(headers), { jsonParse: false });
    } catch (error) {
      if (error instanceof WebhookVerificationError) {
        throw new InvalidSignature(error.message);
      }
      throw error;
    }
    return [contentOf(text)];
  };
}

function signatureOf({ get }: NoticeHeaders): Record<string, string> {
  return Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, get(name) ?? '']),
  );
}

/** More than a notice of ours ever has; a queue takes little more. */
const mostText = 32 * 1024;

function contentOf(text: string): unknown {
  if (text.length > mostText) {
    return text.slice(0, mostText);
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
