import type { disabledReasons, WebhookEndpointResource } from '../../contracts/webhooks.ts';

export type DisabledReason = (typeof disabledReasons)[number];

/** What signs. Held in the clear, as signing needs it: the table is encrypted at rest. */
export interface WebhookSecret {
  readonly secret: string;
  /** RFC 3339. */
  readonly created: string;
  /** RFC 3339; null for the one that nothing has replaced. */
  readonly expires: string | null;
}

/** The try that had an endpoint disabled: of which delivery, when, and the endpoint's version by it. */
export interface DisablingTry {
  readonly deliveryId: string;
  /** RFC 3339. */
  readonly time: string;
  readonly version: number;
}

/** Where a tenant's events are sent. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  readonly description: string | null;
  /** Types of events; `*` for all. */
  readonly events: readonly string[];
  /** Newest first. */
  readonly secrets: readonly WebhookSecret[];
  readonly disabledReason: DisabledReason | null;
  /** What the notice of it says, each time that it is given; null when it was not us. */
  readonly disabledBy: DisablingTry | null;
  /** RFC 3339: the first failure since the last success; null when the last try succeeded. */
  readonly failingSince: string | null;
  readonly created: string;
  /** 1, 2, 3, ...: one more with each change. */
  readonly version: number;
}

/** As many as one tenant may have. */
export const maxEndpoints = 20;

/** As many secrets as sign at once: each is a signature in the headers of every webhook. */
export const maxSecrets = 5;

/**
 * True for an event that goes to an endpoint: of a type that it takes, and not from before it was
 * registered, as events are published again when one was lost.
 */
export function takes(
  { events, created, disabledReason }: WebhookEndpoint,
  { type, time }: { readonly type: string; readonly time: string },
): boolean {
  return (
    disabledReason === null && created <= time && (events.includes('*') || events.includes(type))
  );
}

/** The secrets that sign at a time, newest first. */
export function validSecrets(
  { secrets }: Pick<WebhookEndpoint, 'secrets'>,
  time: string,
): string[] {
  return secrets
    .filter(({ expires }) => expires === null || expires > time)
    .map(({ secret }) => secret);
}

/** What a tenant may change; what is absent stays. */
export interface EndpointChanges {
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  readonly events?: readonly string[] | undefined;
  readonly status?: 'enabled' | 'disabled' | undefined;
}

/** The endpoint with a tenant's changes. One that is enabled again has its days of grace anew. */
export function changed(
  before: WebhookEndpoint,
  { status, url, description, events }: EndpointChanges,
): WebhookEndpoint {
  return {
    ...before,
    version: before.version + 1,
    url: url ?? before.url,
    description: description === undefined ? before.description : description,
    events: events ?? before.events,
    ...(status === 'enabled' ? { disabledReason: null, disabledBy: null, failingSince: null } : {}),
    ...(status === 'disabled' ? { disabledReason: before.disabledReason ?? 'requested' } : {}),
  };
}

/**
 * The endpoint with a new secret. Each older one is good for `overlapMs` more, or for as long as it
 * was anyway if that is shorter; of more than five the oldest gives way.
 */
export function rotated(
  before: WebhookEndpoint,
  secret: string,
  { time, overlapMs }: { readonly time: string; readonly overlapMs: number },
): WebhookEndpoint {
  const until = new Date(Date.parse(time) + overlapMs).toISOString();
  const older = before.secrets
    .map((one) => ({
      ...one,
      expires: one.expires !== null && one.expires < until ? one.expires : until,
    }))
    .filter(({ expires }) => expires > time);
  return {
    ...before,
    version: before.version + 1,
    secrets: [{ secret, created: time, expires: null }, ...older].slice(0, maxSecrets),
  };
}

/** What came of a try, as far as it says something about the endpoint. */
export type Health = 'delivered' | 'failed' | 'gone';

/**
 * The endpoint after a try; the same object when nothing is new, as it mostly is.
 *
 * @param time of the try, RFC 3339
 */
export function afterTry(
  before: WebhookEndpoint,
  health: Health,
  {
    time,
    deliveryId,
    disableAfterMs,
  }: { readonly time: string; readonly deliveryId: string; readonly disableAfterMs: number },
): WebhookEndpoint {
  if (before.disabledReason !== null) {
    return before;
  }
  const failingSince = health === 'delivered' ? null : (before.failingSince ?? time);
  const isFailing =
    failingSince !== null && Date.parse(time) - Date.parse(failingSince) >= disableAfterMs;
  const disabledReason = health === 'gone' ? 'gone' : isFailing ? 'failing' : null;
  if (failingSince === before.failingSince && disabledReason === null) {
    return before;
  }
  const version = before.version + 1;
  const disabledBy = disabledReason === null ? null : { deliveryId, time, version };
  return { ...before, failingSince, disabledReason, disabledBy, version };
}

/** The endpoint as the API shows it: of its secrets only since when and until when they sign. */
export function renderEndpoint(endpoint: WebhookEndpoint): WebhookEndpointResource {
  const { id, url, description, events, secrets, disabledReason, created, version } = endpoint;
  return {
    id,
    object: 'webhook_endpoint',
    url,
    description,
    events: [...events],
    status: disabledReason === null ? 'enabled' : 'disabled',
    disabled_reason: disabledReason,
    failing_since: endpoint.failingSince,
    secrets: secrets.map((secret) => ({ created: secret.created, expires: secret.expires })),
    created,
    version,
  };
}
