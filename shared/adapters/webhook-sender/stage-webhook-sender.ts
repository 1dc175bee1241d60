import type { CheckWebhookUrl, SendWebhook } from '../../ports/webhooks/webhook-sender.ts';
import { fenced } from '../../runtime/replay/replay.ts';
import { setting } from '../environment.ts';
import { checkWebhookUrl } from './url.ts';
import { webhookSender } from './webhook-sender.ts';

/**
 * Sends the stage's webhooks: to the internet, and where the stage is local to this machine too. A replay
 * sends those alone that somebody asked for.
 */
export function stageWebhookSender(): SendWebhook {
  return fenced('a webhook', webhookSender({ allowLoopback: isLocal() }));
}

/** Which urls the stage registers. */
export function stageWebhookUrlCheck(): CheckWebhookUrl {
  const allowLoopback = isLocal();
  return (url) => checkWebhookUrl(url, { allowLoopback });
}

function isLocal(): boolean {
  return setting('STAGE') === 'local';
}
