import type { DeliveryStatus } from '../../../shared/domain/webhook/delivery.ts';
import { renderDelivery } from '../../../shared/domain/webhook/delivery.ts';
import { renderEndpoint } from '../../../shared/domain/webhook/endpoint.ts';
import type {
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../../shared/ports/webhooks/webhooks.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { findEndpoint } from './found.ts';

interface ListDeliveriesQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
}

const position = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Lists all endpoints of the tenant, newest first. */
export function listEndpoints({ list }: Pick<WebhookEndpoints, 'list'>) {
  return async <B, Q>({ tenant }: HttpRequest<B, Q>): Promise<HttpResponse> => ({
    status: 200,
    body: { object: 'list', data: (await list(tenant)).map(renderEndpoint), next_cursor: null },
  });
}

/** Reads one endpoint; a stranger's is not found. */
export function getEndpoint({ get }: Pick<WebhookEndpoints, 'get'>) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const endpoint = await findEndpoint(get, request);
    return {
      status: 200,
      headers: { ETag: `"${endpoint.version}"` },
      body: renderEndpoint(endpoint),
    };
  };
}

/** Reads a page of the delivery log of one endpoint, newest event first. */
export function listDeliveries(
  { get }: Pick<WebhookEndpoints, 'get'>,
  { list }: Pick<WebhookDeliveries, 'list'>,
) {
  return async <B>(request: HttpRequest<B, ListDeliveriesQuery>): Promise<HttpResponse> => {
    const { limit, cursor, status } = request.query;
    const after = positionOf(cursor, position);
    const { tenant, id: endpointId } = await findEndpoint(get, request);
    const { items, next } = await list({ tenant, endpointId, status, limit, after });
    return {
      status: 200,
      body: { object: 'list', data: items.map(renderDelivery), next_cursor: cursorOf(next) },
    };
  };
}
