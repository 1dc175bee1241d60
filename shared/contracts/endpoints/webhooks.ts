import * as z from 'zod/mini';
import {
  CreateWebhookEndpoint,
  deliveryStatuses,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpointAnswer,
  WebhookEndpointWithSecret,
} from '../webhooks.ts';
import { Cursor, Limit, listOf, NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** Where a tenant's events are sent, and what became of each. */
export const webhookEndpoints = {
  createWebhookEndpoint: endpoint({
    name: 'createWebhookEndpoint',
    method: 'POST',
    path: '/webhook-endpoints',
    summary:
      'Registers where events are sent. Answers with the secret that signs them: it is shown this once.',
    access: { scope: 'webhooks:write', action: 'webhooks:create' },
    body: CreateWebhookEndpoint,
    query: NoQuery,
    gives: ['Location'],
    answers: { 201: WebhookEndpointWithSecret },
    errors: ['too_many_webhook_endpoints', 'temporarily_unavailable'],
  }),
  listWebhookEndpoints: endpoint({
    name: 'listWebhookEndpoints',
    method: 'GET',
    path: '/webhook-endpoints',
    summary:
      'Where the tenant’s events are sent, newest first: all of it, as there are at most 20.',
    access: { scope: 'webhooks:read', action: 'webhooks:read' },
    query: NoQuery,
    answers: { 200: listOf(WebhookEndpointAnswer) },
    errors: [],
  }),
  getWebhookEndpoint: endpoint({
    name: 'getWebhookEndpoint',
    method: 'GET',
    path: '/webhook-endpoints/{endpoint_id}',
    summary: 'One endpoint as it is now. `ETag` is its version.',
    access: { scope: 'webhooks:read', action: 'webhooks:read' },
    query: NoQuery,
    gives: ['ETag'],
    answers: { 200: WebhookEndpointAnswer },
    errors: ['not_found'],
  }),
  updateWebhookEndpoint: endpoint({
    name: 'updateWebhookEndpoint',
    method: 'PATCH',
    path: '/webhook-endpoints/{endpoint_id}',
    summary:
      'Changes the `url`, `events` or `description`, or its `status`: enables it again, too.',
    access: { scope: 'webhooks:write', action: 'webhooks:update' },
    body: UpdateWebhookEndpoint,
    query: NoQuery,
    answers: { 200: WebhookEndpointAnswer },
    errors: ['not_found', 'temporarily_unavailable'],
  }),
  deleteWebhookEndpoint: endpoint({
    name: 'deleteWebhookEndpoint',
    method: 'DELETE',
    path: '/webhook-endpoints/{endpoint_id}',
    summary: 'Deletes an endpoint. What was on its way to it is not sent any more.',
    access: { scope: 'webhooks:write', action: 'webhooks:delete' },
    query: NoQuery,
    answers: { 204: z.literal('') },
    errors: ['not_found', 'temporarily_unavailable'],
  }),
  rotateWebhookSecret: endpoint({
    name: 'rotateWebhookSecret',
    method: 'POST',
    path: '/webhook-endpoints/{endpoint_id}/rotate-secret',
    summary:
      'Makes a new secret, shown this once. The one before signs beside it for 24 hours, or `overlap_seconds`.',
    access: { scope: 'webhooks:write', action: 'webhooks:rotate' },
    body: RotateWebhookSecret,
    query: NoQuery,
    answers: { 200: WebhookEndpointWithSecret },
    errors: ['not_found', 'temporarily_unavailable'],
  }),
  listWebhookDeliveries: endpoint({
    name: 'listWebhookDeliveries',
    method: 'GET',
    path: '/webhook-endpoints/{endpoint_id}/deliveries',
    summary: 'What was sent to one endpoint and what it answered, newest event first.',
    access: { scope: 'webhooks:read', action: 'webhooks:read' },
    query: z.strictObject({
      limit: Limit,
      cursor: Cursor,
      status: z.optional(z.enum(deliveryStatuses, { error: 'must be one status of a delivery' })),
    }),
    answers: { 200: listOf(WebhookDelivery) },
    errors: ['not_found'],
  }),
  resendWebhook: endpoint({
    name: 'resendWebhook',
    method: 'POST',
    path: '/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/resend',
    summary: 'Sends a webhook once more, at once, with its whole schedule of tries before it.',
    access: { scope: 'webhooks:write', action: 'webhooks:resend' },
    query: NoQuery,
    answers: { 202: WebhookDelivery },
    errors: ['not_found', 'invalid_state', 'temporarily_unavailable'],
  }),
};
