// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, ListOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  CreateWebhookEndpointRequest,
  ListWebhookDeliveriesQuery,
  RotateWebhookSecretRequest,
  UpdateWebhookEndpointRequest,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookEndpoint,
  WebhookEndpointList,
  WebhookEndpointWithSecret,
} from '../types.ts';

export class WebhookEndpointsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Registers where events are sent. Answers with the secret that signs them: it is shown this once.
   *
   * `POST /webhook-endpoints`
   */
  create(body: CreateWebhookEndpointRequest, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.#send(operations.createWebhookEndpoint, { body }, options);
  }

  /**
   * Where the tenant’s events are sent, newest first: all of it, as there are at most 20.
   *
   * `GET /webhook-endpoints`
   */
  list(options: ListOptions = {}): List<WebhookEndpointList> {
    return new List(this.#send, operations.listWebhookEndpoints, {}, options);
  }

  /**
   * One endpoint as it is now. `ETag` is its version.
   *
   * `GET /webhook-endpoints/{endpoint_id}`
   */
  get(endpointId: string, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.#send(operations.getWebhookEndpoint, { path: { endpoint_id: endpointId } }, options);
  }

  /**
   * Changes the `url`, `events` or `description`, or its `status`: enables it again, too.
   *
   * `PATCH /webhook-endpoints/{endpoint_id}`
   */
  update(endpointId: string, body: UpdateWebhookEndpointRequest, options: CallOptions = {}): Promise<WebhookEndpoint> {
    return this.#send(operations.updateWebhookEndpoint, { path: { endpoint_id: endpointId }, body }, options);
  }

  /**
   * Deletes an endpoint. What was on its way to it is not sent any more.
   *
   * `DELETE /webhook-endpoints/{endpoint_id}`
   */
  delete(endpointId: string, options: CallOptions = {}): Promise<void> {
    return this.#send(operations.deleteWebhookEndpoint, { path: { endpoint_id: endpointId } }, options);
  }

  /**
   * Makes a new secret, shown this once. The one before signs beside it for 24 hours, or `overlap_seconds`.
   *
   * `POST /webhook-endpoints/{endpoint_id}/rotate-secret`
   */
  rotateSecret(endpointId: string, body: RotateWebhookSecretRequest = {}, options: CallOptions = {}): Promise<WebhookEndpointWithSecret> {
    return this.#send(operations.rotateWebhookSecret, { path: { endpoint_id: endpointId }, body }, options);
  }

  /**
   * What was sent to one endpoint and what it answered, newest event first.
   *
   * `GET /webhook-endpoints/{endpoint_id}/deliveries`
   */
  deliveries(endpointId: string, query: ListWebhookDeliveriesQuery = {}, options: ListOptions = {}): List<WebhookDeliveryList> {
    return new List(this.#send, operations.listWebhookDeliveries, { path: { endpoint_id: endpointId }, query }, options);
  }

  /**
   * Sends a webhook once more, at once, with its whole schedule of tries before it.
   *
   * `POST /webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/resend`
   */
  resend(endpointId: string, deliveryId: string, options: CallOptions = {}): Promise<WebhookDelivery> {
    return this.#send(operations.resendWebhook, { path: { endpoint_id: endpointId, delivery_id: deliveryId } }, options);
  }
}
