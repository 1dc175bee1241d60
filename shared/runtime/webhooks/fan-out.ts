import { type Delivery, deliveryOf, messageOf } from '../../domain/webhook/delivery.ts';
import { takes } from '../../domain/webhook/endpoint.ts';
import type { WebhookEvent } from '../../domain/webhook/event.ts';
import type { WebhookTerms } from '../../domain/webhook/terms.ts';
import type {
  SendDelivery,
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../ports/webhooks/webhooks.ts';
import { type LogContext, logger } from '../observability.ts';
import { replayUnderWay } from '../replay/replay.ts';

export interface FanOutDependencies {
  readonly endpoints: Pick<WebhookEndpoints, 'list'>;
  readonly deliveries: Pick<WebhookDeliveries, 'put'>;
  readonly send: SendDelivery;
  readonly terms: WebhookTerms;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
}

/**
 * Puts an event on its way to each endpoint of its tenant that takes it:
 * 1. put one delivery an endpoint; the same event again finds it there, and a replay that may send it
 *    again puts one of its own
 * 2. ask for its first try. Also of one that was there, as whoever put it may have died before it
 *    asked; of a try that is done the message is dropped when it comes
 */
export function fanOut({ endpoints, deliveries, send, terms, now }: FanOutDependencies) {
  return async (event: WebhookEvent): Promise<void> => {
    const taking = (await endpoints.list(event.tenant)).filter((one) => takes(one, event));
    const put = async (delivery: Delivery) => {
      await deliveries.put(delivery);
      await send(messageOf(delivery), { delaySeconds: 0 });
    };
    const replay = replayUnderWay()?.name;
    await Promise.all(
      taking.map((endpoint) => put(deliveryOf(event, endpoint, { time: now(), terms, replay }))),
    );
    if (taking.length > 0) {
      logger.info('webhooks queued', { ...joinedBy(event), endpoints: taking.length });
    }
  };
}

/** What joins a log line about an event's webhook to the payment or the payout. */
export function joinedBy({ id, type, tenant, subject, correlation_id }: WebhookEvent): LogContext {
  const [kind] = type.split('.');
  return {
    tenant,
    ...(kind === 'payment' || kind === 'payout' ? { [`${kind}_id`]: subject } : {}),
    correlation_id,
    event_id: id,
  };
}
