import type { AnyEvent } from '../../../../shared/contracts/events/events.ts';
import type { Delivery } from '../../../../shared/domain/webhook/delivery.ts';
import type { WebhookEndpoint } from '../../../../shared/domain/webhook/endpoint.ts';
import type { WebhookTerms } from '../../../../shared/domain/webhook/terms.ts';
import type {
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../../../shared/ports/webhooks/webhooks.ts';
import { fanOut } from '../../../../shared/runtime/webhooks/fan-out.ts';
import { eventsOf, type Finding, type Rehearse } from './rehearsal.ts';

/** What is there of webhooks, for who only reads it. */
export interface LiveWebhooks {
  readonly endpoints: Pick<WebhookEndpoints, 'list'>;
  readonly deliveries: Pick<WebhookDeliveries, 'get'>;
  readonly terms: WebhookTerms;
  readonly now: () => string;
}

/**
 * The fan-out of webhooks, an event at a time:
 * 1. see to which endpoints it would go; the endpoints of a tenant are read once
 * 2. compare each delivery with the log of those that were made
 */
export function rehearseWebhooks({ endpoints, deliveries, terms, now }: LiveWebhooks): Rehearse {
  const ofTenant = new Map<string, Promise<readonly WebhookEndpoint[]>>();
  const list = (tenant: string) => {
    const known = ofTenant.get(tenant) ?? endpoints.list(tenant);
    ofTenant.set(tenant, known);
    return known;
  };
  const made: Delivery[] = [];
  const consume = fanOut({
    endpoints: { list },
    deliveries: {
      put: async (delivery) => {
        made.push(delivery);
        return 'written';
      },
    },
    send: async () => {},
    terms,
    now,
  });
  return async function* (parts) {
    for await (const event of eventsOf<AnyEvent>(parts)) {
      await consume(event);
      for (const delivery of made.splice(0)) {
        const there = await deliveries.get(delivery);
        const { url } = (await list(event.tenant)).find(
          ({ id }) => id === delivery.endpointId,
        ) as WebhookEndpoint;
        yield findingOf(event, { delivery, url, there });
      }
    }
  };
}

function findingOf(
  { type, sequence, subject }: AnyEvent,
  {
    delivery: { endpointId },
    url,
    there,
  }: { readonly delivery: Delivery; readonly url: string; readonly there: Delivery | null },
): Finding {
  // What comes after the path may be a secret of the receiver's.
  const { origin, pathname } = new URL(url);
  const to = `${type} ${sequence} to endpoint ${endpointId} at ${origin}${pathname}`;
  return {
    of: subject,
    is: there ? 'same' : 'missing',
    would: { event: type, sequence, endpoint_id: endpointId },
    there: there && { status: there.status, tries: there.tries },
    says: there ? `${to}: ${there.status}, after ${there.tries} tries` : `${to}: no record of it`,
  };
}
