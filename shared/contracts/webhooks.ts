import * as z from 'zod/mini';
import { endpointDisabled } from '../domain/webhook/event.ts';
import { paymentEventTypes } from './events/payment-events.ts';
import { payoutEventTypes } from './events/payout-events.ts';
import { Timestamp } from './payment.ts';

/** What a webhook can be of. */
export const webhookEventTypes: readonly string[] = [
  ...paymentEventTypes,
  ...payoutEventTypes,
  endpointDisabled,
];

/**
 * Why an endpoint takes nothing:
 * - `gone`: it answered 410
 * - `failing`: it failed for as long as the stage allows, without one success
 * - `requested`: its tenant asked for it
 */
export const disabledReasons = ['gone', 'failing', 'requested'] as const;

/**
 * - `pending`: it will be tried at `next_attempt`
 * - `failed`: each try of its schedule failed
 * - `abandoned`: its endpoint was disabled or deleted before it was delivered
 */
export const deliveryStatuses = ['pending', 'delivered', 'failed', 'abandoned'] as const;

const aUrl = { error: 'must be an https URL of at most 2048 characters' };
const Url = z.string(aUrl).check(z.minLength(1, aUrl), z.maxLength(2_048, aUrl));

const aDescription = { error: 'must be a text of up to 200 characters' };
const Description = z.nullable(z.string(aDescription).check(z.maxLength(200, aDescription)));

const types: ReadonlySet<string> = new Set(['*', ...webhookEventTypes]);
const aType = { error: 'must be the type of an event, or *' };
const someTypes = { error: 'must be a list of one type or more, each once' };
const EventFilter = z
  .array(z.string(aType).check(z.refine((type) => types.has(type), aType)), someTypes)
  .check(
    z.minLength(1, someTypes),
    z.maxLength(types.size, someTypes),
    z.refine((all) => new Set(all).size === all.length, someTypes),
  );

const anObject = { error: 'must be a JSON object' };

/** The body of `POST /webhook-endpoints`. */
export const CreateWebhookEndpoint = z.strictObject(
  {
    url: Url,
    events: z._default(EventFilter, ['*']),
    description: z._default(Description, null),
  },
  anObject,
);
export type CreateWebhookEndpointBody = z.infer<typeof CreateWebhookEndpoint>;

/** The body of `PATCH /webhook-endpoints/{id}`: what is absent stays. */
export const UpdateWebhookEndpoint = z
  .strictObject(
    {
      url: z.optional(Url),
      events: z.optional(EventFilter),
      description: z.optional(Description),
      status: z.optional(z.enum(['enabled', 'disabled'], { error: 'must be enabled or disabled' })),
    },
    anObject,
  )
  .check(
    z.refine((body) => Object.keys(body).length > 0, { error: 'must have something to change' }),
  );
export type UpdateWebhookEndpointBody = z.infer<typeof UpdateWebhookEndpoint>;

const anOverlap = { error: 'must be an integer of seconds, from 0 to 604800' };

/** The body of `POST /webhook-endpoints/{id}/rotate-secret`; absent altogether it counts as `{}`. */
export const RotateWebhookSecret = z.prefault(
  z.strictObject(
    {
      /** For how long the secrets before it stay valid; 24 hours when absent. */
      overlap_seconds: z.optional(
        z.int(anOverlap).check(z.gte(0, anOverlap), z.lte(604_800, anOverlap)),
      ),
    },
    anObject,
  ),
  {},
);
export type RotateWebhookSecretBody = z.infer<typeof RotateWebhookSecret>;

const endpoint = {
  id: z.uuid(),
  object: z.literal('webhook_endpoint'),
  url: z.string(),
  description: z.nullable(z.string()),
  /** Types of events; `*` for all. */
  events: z.array(z.string()),
  status: z.enum(['enabled', 'disabled']),
  disabled_reason: z.nullable(z.enum(disabledReasons)),
  /** The first failure since the last success. */
  failing_since: z.nullable(Timestamp),
  /** Newest first: since when, and until when, each signs. Never the secret itself. */
  secrets: z.array(z.object({ created: Timestamp, expires: z.nullable(Timestamp) })),
  created: Timestamp,
  version: z.int().check(z.gte(1)),
};

/** Where a tenant's events are sent. */
export const WebhookEndpointAnswer = z.strictObject(endpoint);
export type WebhookEndpointResource = z.infer<typeof WebhookEndpointAnswer>;

/** The same with its new secret, `whsec_` and base64: the one time that it is shown. */
export const WebhookEndpointWithSecret = z.strictObject({ ...endpoint, secret: z.string() });

/** One event on its way to one endpoint. */
export const WebhookDelivery = z.strictObject({
  id: z.uuid(),
  object: z.literal('webhook_delivery'),
  endpoint_id: z.uuid(),
  event: z.strictObject({
    /** The header `webhook-id` of each try. */
    id: z.uuid(),
    type: z.string(),
    /** The id of the payment or the payout, or of the endpoint that was disabled. */
    subject: z.uuid(),
    sequence: z.int(),
  }),
  status: z.enum(deliveryStatuses),
  /** Oldest first, at most the newest 50. */
  attempts: z.array(
    z.strictObject({
      number: z.int(),
      time: Timestamp,
      /** What the receiver answered; null when there was no answer. */
      status: z.nullable(z.int()),
      reason: z.nullable(z.string()),
      duration_ms: z.nullable(z.int()),
    }),
  ),
  next_attempt: z.nullable(Timestamp),
  created: Timestamp,
});
export type WebhookDeliveryResource = z.infer<typeof WebhookDelivery>;

/** What asks the deliverer for one try: of what, and the how-manieth. */
export const DeliveryMessageSchema = z.strictObject({
  tenant: z.string(),
  endpoint_id: z.uuid(),
  delivery_id: z.uuid(),
  attempt: z.int().check(z.gte(1)),
  /** Which replay asked for the delivery, and may; absent: none did. */
  replay: z.optional(z.string()),
});
export type DeliveryMessage = z.infer<typeof DeliveryMessageSchema>;
