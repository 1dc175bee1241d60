import * as z from 'zod/mini';
import { endpointDisabled } from '../../domain/webhook/event.ts';
import { Timestamp } from '../payment.ts';
import { WebhookEndpointAnswer } from '../webhooks.ts';

/** An endpoint was disabled by us: the one event that webhooks alone carry, and no bus. */
export const WebhookEndpointDisabled = z.object({
  id: z.uuid(),
  type: z.literal(endpointDisabled),
  version: z.literal(1),
  time: Timestamp,
  tenant: z.string(),
  /** The endpoint's id. */
  subject: z.uuid(),
  /** The endpoint's version after this event. */
  sequence: z.int().check(z.gte(1)),
  correlation_id: z.string(),
  causation_id: z.string(),
  data: z.object({ endpoint: WebhookEndpointAnswer }),
});
