import type { AnyEvent } from '../../contracts/events/events.ts';
import { derivedId } from '../ids.ts';
import { type DisablingTry, renderEndpoint, type WebhookEndpoint } from './endpoint.ts';

/** The notice that an endpoint was disabled by us: other endpoints of its tenant may take it. */
export const endpointDisabled = 'webhook_endpoint.disabled';

/** An event as a webhook carries it: the envelope that the API shows, to the letter. */
export type WebhookEvent = Pick<
  AnyEvent,
  'id' | 'version' | 'time' | 'tenant' | 'subject' | 'sequence' | 'correlation_id' | 'causation_id'
> & { readonly type: string; readonly data: unknown };

/** The event that an endpoint was disabled by a try: the same try, the same id. */
export function disabledEvent(
  endpoint: WebhookEndpoint,
  { time, deliveryId, version }: DisablingTry,
): WebhookEvent {
  return {
    id: timedId(time, endpointDisabled, endpoint.id, String(version)),
    type: endpointDisabled,
    version: 1,
    time,
    tenant: endpoint.tenant,
    subject: endpoint.id,
    sequence: version,
    correlation_id: deliveryId,
    causation_id: deliveryId,
    data: { endpoint: renderEndpoint(endpoint) },
  };
}

/** A derived id whose first 48 bits are a time, so that ids sort by it. */
export function timedId(time: string, ...parts: readonly string[]): string {
  const ms = Date.parse(time).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}${derivedId(...parts).slice(13)}`;
}
