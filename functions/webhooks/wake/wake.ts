import { messageOf, woken } from '../../../shared/domain/webhook/delivery.ts';
import type { WebhookTerms } from '../../../shared/domain/webhook/terms.ts';
import type {
  DeliveryKey,
  SendDelivery,
  WebhookDeliveries,
} from '../../../shared/ports/webhooks/webhooks.ts';
import { logger } from '../../../shared/runtime/observability.ts';
import { metBy, refuseFailed, sumsOf } from '../../../shared/runtime/sweep.ts';

/** Deliveries that one run looks at; what is left is due at the next. */
const deliveriesOfRun = 1_000;
const atOnce = 20;

export interface WakeDependencies {
  readonly deliveries: Pick<WebhookDeliveries, 'due' | 'get' | 'write'>;
  readonly send: SendDelivery;
  readonly terms: WebhookTerms;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
}

/**
 * What a run did, in deliveries: those `skipped` were tried or seen to meanwhile, as the list may be a
 * moment behind.
 */
const fates = ['woken', 'skipped', 'failed'] as const;
type Fate = (typeof fates)[number];

/**
 * Asks for the tries that are due and that no message waits for: those after a longer wait than the
 * queue has, and those whose message must be lost:
 * 1. list what is due, the longest due first
 * 2. ask for the next try of each; then have it looked after again when that message must be lost
 * 3. one that fails does not stop the others; fail at the end, so that an alarm says so
 *
 * Two runs at once ask twice for the same try, which is made once.
 */
export function wakeWebhooks(deps: WakeDependencies) {
  return async (): Promise<Readonly<Record<Fate, number>>> => {
    const time = deps.now();
    const keys = await deps.deliveries.due({ at: time, limit: deliveriesOfRun });
    const met = await metBy<DeliveryKey, Fate>(keys, {
      atOnce,
      seeTo: (key) => wake(deps, key, time),
      tellOf: ({ tenant, endpointId, id }, error) =>
        logger.error('a webhook could not be seen to', {
          error,
          tenant,
          endpoint_id: endpointId,
          delivery_id: id,
        }),
    });
    const sums = sumsOf(fates, met);
    logger.info('webhooks woken', { ...sums });
    refuseFailed('webhook', sums.failed);
    return sums;
  };
}

async function wake(
  { deliveries, send, terms }: WakeDependencies,
  key: DeliveryKey,
  time: string,
): Promise<Fate> {
  const delivery = await deliveries.get(key);
  if (!delivery?.dueAt || delivery.dueAt > time) {
    return 'skipped';
  }
  await send(messageOf(delivery), { delaySeconds: 0 });
  // Refused: the try was faster, and has seen to the next one.
  await deliveries.write(woken(delivery, { time, terms }));
  return 'woken';
}
