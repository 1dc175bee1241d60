import type { WebhookEndpoint } from '../../../shared/domain/webhook/endpoint.ts';
import type { AppendOperatorAct, OperatorAction } from '../../../shared/ports/operator-log.ts';
import type { WebhookEndpoints } from '../../../shared/ports/webhooks/webhooks.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest } from '../../../shared/runtime/http/request.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

export const endpointsByPath = byPathId('endpoint');
export const deliveriesByPath = byPathId('delivery');

type Asked = Pick<HttpRequest, 'path' | 'tenant'>;

/**
 * The tenant's own endpoint of the path.
 *
 * @throws ApiError `not_found`, the same for a stranger's as for none
 */
export async function findEndpoint(
  get: WebhookEndpoints['get'],
  request: Asked,
): Promise<WebhookEndpoint> {
  const found = await get(request.tenant, endpointsByPath.idOf(request));
  if (!found) {
    throw endpointsByPath.notFound();
  }
  return found;
}

export interface LogDependencies {
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
}

/**
 * Puts on record what a request is about to do to an endpoint. Of its URL only the host: a path may
 * have a token in it.
 *
 * @returns the time of the act
 */
export async function record(
  { log, nextStamp }: LogDependencies,
  { principal, tenant }: Pick<HttpRequest, 'principal' | 'tenant'>,
  action: OperatorAction,
  { id, url }: Pick<WebhookEndpoint, 'id' | 'url'>,
  details: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { time, eventId } = nextStamp();
  await log({
    id: eventId,
    time,
    by: principal.id,
    action,
    subject: id,
    reason: '',
    details: { tenant, host: new URL(url).host, ...details },
  });
  return time;
}
