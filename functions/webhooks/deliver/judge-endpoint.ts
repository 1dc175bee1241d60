import { derivedId } from '../../../shared/domain/ids.ts';
import {
  type Attempt,
  deliveryOf,
  isTaken,
  unsent,
} from '../../../shared/domain/webhook/delivery.ts';
import {
  afterTry,
  type Health,
  type WebhookEndpoint,
} from '../../../shared/domain/webhook/endpoint.ts';
import { disabledEvent } from '../../../shared/domain/webhook/event.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import type {
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../../shared/ports/webhooks/webhooks.ts';
import { count, logger } from '../../../shared/runtime/observability.ts';
import { changeEndpoint } from '../../../shared/runtime/webhooks/change-endpoint.ts';
import { type FanOutDependencies, fanOut } from '../../../shared/runtime/webhooks/fan-out.ts';

/** RFC 9110: what was here is gone, and will not come back. */
const gone = 410;

export interface JudgeDependencies extends FanOutDependencies {
  readonly endpoints: Pick<WebhookEndpoints, 'get' | 'list' | 'write'>;
  readonly deliveries: Pick<WebhookDeliveries, 'get' | 'put'>;
  readonly log: AppendOperatorAct;
  readonly pause: (tried: number) => Promise<void>;
}

/**
 * Keeps in mind whether an endpoint fails, and since when. Mostly that is nothing new, and nothing is
 * written. One that is gone, or has failed for days, is disabled:
 * 1. put the act on record; the same try again is the same act
 * 2. write it, over the endpoint as it is by now: a success meanwhile ends its failing
 * 3. give notice of it. A fault before or in it leaves that to the next that finds it disabled
 *
 * @returns true while it takes webhooks
 */
export async function judgeEndpoint(
  deps: JudgeDependencies,
  endpoint: WebhookEndpoint,
  deliveryId: string,
  attempt: Attempt,
): Promise<boolean> {
  const judge = (before: WebhookEndpoint) =>
    afterTry(before, healthOf(attempt), {
      time: attempt.time,
      deliveryId,
      disableAfterMs: deps.terms.disableAfterMs,
    });
  const judged = judge(endpoint);
  if (judged === endpoint) {
    return true;
  }
  if (judged.disabledReason !== null) {
    await record(deps.log, judged, attempt.time);
  }
  const { endpoints, pause } = deps;
  const change = await changeEndpoint({ ...endpoints, pause }, endpoint, judge);
  if (change?.before.disabledReason === null && change.after.disabledReason !== null) {
    await giveNotice(deps, change.after);
  }
  return change !== null && change.after.disabledReason === null;
}

function healthOf(attempt: Attempt): Health {
  if (isTaken(attempt)) {
    return 'delivered';
  }
  return attempt.status === gone ? 'gone' : 'failed';
}

async function record(
  log: AppendOperatorAct,
  { id, tenant, url, disabledReason, version }: WebhookEndpoint,
  time: string,
): Promise<void> {
  await log({
    // With its reason: at one version it may be gone for one try and failing for another.
    id: derivedId('webhook.disable', id, String(version), disabledReason ?? ''),
    time,
    by: 'webhooks-deliver',
    action: 'webhook.disable',
    subject: id,
    reason: disabledReason ?? '',
    details: { tenant, host: new URL(url).host },
  });
}

/**
 * Gives notice of an endpoint that we disabled, unless that was done:
 * 1. to who runs the pipeline; again after a fault, as twice is better than not at all
 * 2. to the tenant's other endpoints: of the same try it is the same event, which each has once
 * 3. in its own log, last: where it is there, the others have it
 */
export async function giveNotice(
  deps: Pick<JudgeDependencies, keyof FanOutDependencies>,
  endpoint: WebhookEndpoint,
): Promise<void> {
  const { id: endpoint_id, tenant, disabledReason, disabledBy } = endpoint;
  if (!disabledBy) {
    return;
  }
  const event = disabledEvent(endpoint, disabledBy);
  const own = deliveryOf(event, endpoint, { time: disabledBy.time, terms: deps.terms });
  if (await deps.deliveries.get(own)) {
    return;
  }
  logger.warn('webhook endpoint disabled', { tenant, endpoint_id, reason: disabledReason });
  count('WebhookEndpointDisabled');
  await fanOut(deps)(event);
  await deps.deliveries.put(unsent(own));
}
