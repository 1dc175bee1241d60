import { ApiError } from '../../../shared/contracts/errors.ts';
import type { CreateWebhookEndpointBody } from '../../../shared/contracts/webhooks.ts';
import {
  maxEndpoints,
  renderEndpoint,
  type WebhookEndpoint,
} from '../../../shared/domain/webhook/endpoint.ts';
import type { CheckWebhookUrl } from '../../../shared/ports/webhooks/webhook-sender.ts';
import type { WebhookEndpoints } from '../../../shared/ports/webhooks/webhooks.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { type LogDependencies, record } from './found.ts';

/**
 * Registers an endpoint:
 * 1. the URL must be one that a webhook may be sent to
 * 2. put the act on record
 * 3. put it with a new secret, unless the tenant has as many as it may
 * 4. answer with the secret, which is never shown again
 *
 * It has no idempotency key: an answer that is lost leaves an endpoint whose secret nobody knows, which
 * its tenant deletes, or gives a new secret.
 */
export function createEndpoint(
  deps: LogDependencies &
    Pick<WebhookEndpoints, 'create'> & {
      readonly checkUrl: CheckWebhookUrl;
      readonly newSecret: () => string;
    },
) {
  return async <Q>(request: HttpRequest<CreateWebhookEndpointBody, Q>): Promise<HttpResponse> => {
    const { url, events, description } = request.body;
    requireUrl(deps.checkUrl, url);
    const { eventId: id } = deps.nextStamp();
    const time = await record(deps, request, 'webhook.create', { id, url });
    const secret = deps.newSecret();
    const endpoint: WebhookEndpoint = {
      id,
      tenant: request.tenant,
      url,
      description,
      events,
      secrets: [{ secret, created: time, expires: null }],
      disabledReason: null,
      disabledBy: null,
      failingSince: null,
      created: time,
      version: 1,
    };
    if ((await deps.create(endpoint)) === 'full') {
      throw new ApiError('too_many_webhook_endpoints', `There are ${maxEndpoints} endpoints.`, {
        members: { most: maxEndpoints },
      });
    }
    return {
      status: 201,
      headers: { Location: `webhook-endpoints/${id}` },
      body: { ...renderEndpoint(endpoint), secret },
    };
  };
}

/** @throws ApiError `invalid_request` that says what is wrong with it, and does not repeat it */
export function requireUrl(check: CheckWebhookUrl, url: string): void {
  const checked = check(url);
  if (!checked.ok) {
    throw new ApiError('invalid_request', 'No webhook can be sent to this URL.', {
      errors: [{ path: '/url', message: checked.reason }],
    });
  }
}
