import { ApiError } from '../../../shared/contracts/errors.ts';
import { messageOf, renderDelivery, resent } from '../../../shared/domain/webhook/delivery.ts';
import type { WebhookTerms } from '../../../shared/domain/webhook/terms.ts';
import type {
  SendDelivery,
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../../shared/ports/webhooks/webhooks.ts';
import {
  type HttpRequest,
  type HttpResponse,
  notNow,
} from '../../../shared/runtime/http/request.ts';
import { deliveriesByPath, findEndpoint, type LogDependencies, record } from './found.ts';

/**
 * Sends a webhook once more:
 * 1. the endpoint must be the tenant's own, and take webhooks
 * 2. the delivery must be one of it; put the act on record
 * 3. make it due at once, with its whole schedule before it, unless it is being tried at this moment
 * 4. ask for its next try. A message that is under way for the same try is dropped when it comes
 */
export function resendWebhook(
  deps: LogDependencies & {
    readonly endpoints: Pick<WebhookEndpoints, 'get'>;
    readonly deliveries: Pick<WebhookDeliveries, 'get' | 'write'>;
    readonly send: SendDelivery;
    readonly terms: WebhookTerms;
  },
) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const endpoint = await findEndpoint(deps.endpoints.get, request);
    const id = deliveriesByPath.idOf(request);
    const { tenant } = endpoint;
    const delivery = await deps.deliveries.get({ tenant, endpointId: endpoint.id, id });
    if (!delivery) {
      throw deliveriesByPath.notFound();
    }
    if (endpoint.disabledReason !== null) {
      throw new ApiError('invalid_state', 'The endpoint is disabled: enable it first.', {
        members: { state: 'disabled', allowed: [] },
      });
    }
    const time = await record(deps, request, 'webhook.resend', endpoint, { delivery_id: id });
    const again = resent(delivery, { time, terms: deps.terms });
    if ((await deps.deliveries.write(again)) === 'refused') {
      throw notNow();
    }
    await deps.send(messageOf(again), { delaySeconds: 0 });
    return { status: 202, body: renderDelivery(again) };
  };
}
