import type { WebhookDelivery } from '../../../client/src/index.ts';
import { apiOf } from '../api/caller.ts';
import { print } from '../api/print.ts';
import { deliveryLine, endpointLine } from '../api/text.ts';

export interface WebhooksRequest {
  readonly tenant: string | undefined;
  readonly json: boolean;
}

export interface DeliveriesRequest extends WebhooksRequest {
  readonly endpoint: string;
  readonly status: WebhookDelivery['status'] | undefined;
  readonly most: number;
}

export interface ResendRequest extends WebhooksRequest {
  readonly endpoint: string;
  readonly delivery: string;
}

export async function listEndpoints(request: WebhooksRequest): Promise<number> {
  const { webhookEndpoints } = await apiOf(request.tenant);
  const endpoints = await webhookEndpoints.list().toArray();
  const none = ['There is no webhook endpoint.'];
  print(request, { endpoints }, endpoints.length === 0 ? none : endpoints.map(endpointLine));
  return 0;
}

export async function listDeliveries(request: DeliveriesRequest): Promise<number> {
  const { endpoint, status, most } = request;
  const { webhookEndpoints } = await apiOf(request.tenant);
  const query = { limit: Math.min(100, most), ...(status === undefined ? {} : { status }) };
  const deliveries = await webhookEndpoints.deliveries(endpoint, query, { most }).toArray();
  const none = ['Nothing was sent.'];
  print(request, { deliveries }, deliveries.length === 0 ? none : deliveries.map(deliveryLine));
  return 0;
}

/** @returns 0 when it is taken: what becomes of it is told by its deliveries */
export async function resendDelivery(request: ResendRequest): Promise<number> {
  const { webhookEndpoints } = await apiOf(request.tenant);
  const delivery = await webhookEndpoints.resend(request.endpoint, request.delivery);
  print(request, delivery, [deliveryLine(delivery)]);
  return 0;
}
