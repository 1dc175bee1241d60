import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import { type SimulatorPsp, simulatorPsps } from '../../../shared/contracts/simulator/common.ts';
import type { WebhookStore } from '../../../shared/ports/simulator-store.ts';
import type { SendWebhook } from '../../../shared/ports/webhooks/webhook-sender.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { signatureHeaders } from '../../../shared/runtime/webhooks/signature.ts';

export interface DeliverDependencies {
  readonly webhooks: Readonly<Record<SimulatorPsp, Pick<WebhookStore, 'get'>>>;
  readonly send: SendWebhook;
  /** In ms since 1970. */
  readonly now: () => number;
}

/**
 * Tells a notice as a PSP does, by a webhook:
 * 1. find where the notices of its PSP go; nowhere yet is a fault, and tried again
 * 2. sign it, at the time of this try, by Standard Webhooks
 * 3. post it; any answer but a 2xx is a fault: the queue has it tried again, and gives it up in the end
 */
export function deliver({ webhooks, send, now }: DeliverDependencies) {
  return async (notice: ProviderNoticeMessage): Promise<void> => {
    const psp = simulatorPsps.find((name) => name === notice.provider);
    if (!psp) {
      throw new Poison(`the simulator is no ${notice.provider}`);
    }
    const endpoint = await webhooks[psp].get();
    if (!endpoint) {
      throw new Error(`no webhook endpoint of ${psp} is registered`);
    }
    const body = JSON.stringify(notice);
    const signed = signatureHeaders({
      // A full stop parts the id from the time in what is signed.
      id: notice.id.replaceAll(/[^\w-]/g, '_'),
      timeMs: now(),
      body,
      secrets: [endpoint.secret],
    });
    const headers = { ...signed, 'content-type': 'application/json' };
    const answer = await send({ url: endpoint.url, headers, body });
    if (answer.kind !== 'answered') {
      throw new Error(`the webhook was not taken: ${answer.reason}`);
    }
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`the webhook was not taken: status ${answer.status}`);
    }
  };
}
