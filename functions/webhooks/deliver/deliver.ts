import type { DeliveryMessage } from '../../../shared/contracts/webhooks.ts';
import {
  type Attempt,
  abandoned,
  type Delivery,
  delaySecondsOf,
  isNextTry,
  isTaken,
  messageOf,
} from '../../../shared/domain/webhook/delivery.ts';
import { validSecrets, type WebhookEndpoint } from '../../../shared/domain/webhook/endpoint.ts';
import type { SendWebhook, WebhookAnswer } from '../../../shared/ports/webhooks/webhook-sender.ts';
import type { WebhookDeliveries } from '../../../shared/ports/webhooks/webhooks.ts';
import { count, logger } from '../../../shared/runtime/observability.ts';
import { joinedBy } from '../../../shared/runtime/webhooks/fan-out.ts';
import { signatureHeaders } from '../../../shared/runtime/webhooks/signature.ts';
import { giveNotice, type JudgeDependencies, judgeEndpoint } from './judge-endpoint.ts';
import { recordTry } from './record-try.ts';

export interface DeliverDependencies extends JudgeDependencies {
  readonly deliveries: Pick<WebhookDeliveries, 'get' | 'put' | 'write'>;
  readonly post: SendWebhook;
}

/**
 * Makes one try to deliver a webhook:
 * 1. a message for another try than the next one, or for what is over, comes late or twice: drop it
 * 2. an endpoint that was disabled or deleted meanwhile takes nothing: abandon the delivery. If it was
 *    us who disabled it, see first that its tenant is told
 * 3. sign the body, which is the same bytes at each try, with all secrets that are valid now; post it
 * 4. judge the endpoint by what came of it: 410 and days of failures disable it
 * 5. put the try on record, over whatever came between, unless another message for the same try was
 *    faster
 * 6. ask for the next one, if there is one that the queue can wait for; a longer wait is the clock's
 *
 * A crash before 5 makes the try again: the receiver tells repeats by `webhook-id`. One after it loses
 * the message for the next try, which the clock sends when it is overdue.
 */
export function deliver(deps: DeliverDependencies) {
  return async ({ attempt, ...about }: DeliveryMessage): Promise<void> => {
    const { tenant, endpoint_id: endpointId, delivery_id: id } = about;
    const delivery = await deps.deliveries.get({ tenant, endpointId, id });
    if (!isNextTry(delivery, attempt)) {
      return;
    }
    const endpoint = await deps.endpoints.get(tenant, endpointId);
    if (!endpoint || endpoint.disabledReason !== null) {
      if (endpoint) {
        await giveNotice(deps, endpoint);
      }
      await deps.deliveries.write(abandoned(delivery));
      return;
    }
    const time = deps.now();
    const made = attemptOf(attempt, time, await post(deps.post, endpoint, delivery, time));
    const takesMore = await judgeEndpoint(deps, endpoint, delivery.id, made);
    const over = deps.now();
    const after = await recordTry(deps, delivery, { made, over, takesMore });
    logger.info('webhook tried', {
      ...joinedBy(JSON.parse(delivery.body)),
      ...about,
      attempt,
      status: made.status,
      is: after?.status,
    });
    if (after === null) {
      return;
    }
    if (after.status !== 'pending') {
      count(isTaken(made) ? 'WebhookDelivered' : 'WebhookFailed');
    }
    const delaySeconds = delaySecondsOf(after, over);
    if (delaySeconds !== null) {
      await deps.send(messageOf(after), { delaySeconds });
    }
  };
}

function post(
  send: SendWebhook,
  endpoint: WebhookEndpoint,
  { event, body }: Delivery,
  time: string,
): Promise<WebhookAnswer> {
  const signed = {
    id: event.id,
    timeMs: Date.parse(time),
    body,
    secrets: validSecrets(endpoint, time),
  };
  return send({
    url: endpoint.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Paysaga-Webhooks/1',
      ...signatureHeaders(signed),
    },
    body,
  });
}

function attemptOf(number: number, time: string, answer: WebhookAnswer): Attempt {
  const common = { number, time, durationMs: null };
  switch (answer.kind) {
    case 'answered':
      return {
        ...common,
        status: answer.status,
        reason: null,
        durationMs: Math.round(answer.durationMs),
      };
    case 'failed':
      return {
        ...common,
        status: null,
        reason: answer.reason,
        durationMs: Math.round(answer.durationMs),
      };
    case 'refused':
      return { ...common, status: null, reason: answer.reason };
  }
}
