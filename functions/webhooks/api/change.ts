import type {
  RotateWebhookSecretBody,
  UpdateWebhookEndpointBody,
} from '../../../shared/contracts/webhooks.ts';
import {
  changed,
  renderEndpoint,
  rotated,
  type WebhookEndpoint,
} from '../../../shared/domain/webhook/endpoint.ts';
import type { WebhookTerms } from '../../../shared/domain/webhook/terms.ts';
import type { CheckWebhookUrl } from '../../../shared/ports/webhooks/webhook-sender.ts';
import type { WebhookEndpoints } from '../../../shared/ports/webhooks/webhooks.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import {
  type ChangeEndpointDependencies,
  changeEndpoint,
} from '../../../shared/runtime/webhooks/change-endpoint.ts';
import { requireUrl } from './create.ts';
import { endpointsByPath, findEndpoint, type LogDependencies, record } from './found.ts';

type Dependencies = LogDependencies & ChangeEndpointDependencies;

/**
 * Changes an endpoint:
 * 1. a new URL must be one that a webhook may be sent to
 * 2. it must be there; put the act on record
 * 3. write the changes over it as it is by now
 */
export function updateEndpoint(deps: Dependencies & { readonly checkUrl: CheckWebhookUrl }) {
  return async <Q>(request: HttpRequest<UpdateWebhookEndpointBody, Q>): Promise<HttpResponse> => {
    const { url, status } = request.body;
    if (url !== undefined) {
      requireUrl(deps.checkUrl, url);
    }
    const found = await findEndpoint(deps.get, request);
    await record(
      deps,
      request,
      'webhook.update',
      { id: found.id, url: url ?? found.url },
      {
        changes: Object.keys(request.body).sort().join(','),
        ...(status === undefined ? {} : { status }),
      },
    );
    const after = await changeFound(deps, found, (before) => changed(before, request.body));
    return { status: 200, body: renderEndpoint(after) };
  };
}

/**
 * Gives an endpoint a new secret; the others sign beside it until they expire:
 * 1. it must be there; put the act on record
 * 2. write the new secret over it as it is by now
 * 3. answer with the secret, which is never shown again
 */
export function rotateSecret(
  deps: Dependencies & {
    readonly newSecret: () => string;
    readonly terms: Pick<WebhookTerms, 'secretOverlapMs'>;
  },
) {
  return async <Q>(request: HttpRequest<RotateWebhookSecretBody, Q>): Promise<HttpResponse> => {
    const seconds = request.body.overlap_seconds;
    const overlapMs = seconds === undefined ? deps.terms.secretOverlapMs : seconds * 1_000;
    const found = await findEndpoint(deps.get, request);
    const time = await record(deps, request, 'webhook.rotate', found, {
      overlap_seconds: String(overlapMs / 1_000),
    });
    const secret = deps.newSecret();
    const after = await changeFound(deps, found, (before) =>
      rotated(before, secret, { time, overlapMs }),
    );
    return { status: 200, body: { ...renderEndpoint(after), secret } };
  };
}

/**
 * Deletes an endpoint. Deliveries on their way to it are abandoned at their next try.
 */
export function removeEndpoint(deps: LogDependencies & Pick<WebhookEndpoints, 'get' | 'remove'>) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const found = await findEndpoint(deps.get, request);
    await record(deps, request, 'webhook.delete', found);
    if (!(await deps.remove(found.tenant, found.id))) {
      throw endpointsByPath.notFound();
    }
    return { status: 204, body: '' };
  };
}

/** @throws ApiError `not_found` when it was deleted meanwhile */
async function changeFound(
  deps: ChangeEndpointDependencies,
  found: WebhookEndpoint,
  decide: (before: WebhookEndpoint) => WebhookEndpoint,
): Promise<WebhookEndpoint> {
  const change = await changeEndpoint(deps, found, decide);
  if (!change) {
    throw endpointsByPath.notFound();
  }
  return change.after;
}
