import type { Delivery } from '../../domain/webhook/delivery.ts';
import { maxEndpoints, type WebhookEndpoint } from '../../domain/webhook/endpoint.ts';
import type {
  DeliveryKey,
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../ports/webhooks/webhooks.ts';

/** Webhook endpoints in memory. */
export function memoryWebhookEndpoints(): WebhookEndpoints {
  const stored = new Map<string, WebhookEndpoint>();
  const of = (tenant: string) => [...stored.values()].filter((one) => one.tenant === tenant);
  return {
    create: async (endpoint) => {
      if (of(endpoint.tenant).length >= maxEndpoints) {
        return 'full';
      }
      stored.set(`${endpoint.tenant}#${endpoint.id}`, structuredClone(endpoint));
      return 'written';
    },
    get: async (tenant, id) => structuredClone(stored.get(`${tenant}#${id}`) ?? null),
    list: async (tenant) => structuredClone(of(tenant).sort((a, b) => (a.id < b.id ? 1 : -1))),
    write: async (endpoint) => writeOver(stored, `${endpoint.tenant}#${endpoint.id}`, endpoint),
    remove: async (tenant, id) => stored.delete(`${tenant}#${id}`),
  };
}

/** Webhook deliveries in memory. */
export function memoryWebhookDeliveries(): WebhookDeliveries {
  const stored = new Map<string, Delivery>();
  return {
    put: async (delivery) => {
      const key = keyOf(delivery);
      if (stored.has(key)) {
        return 'there';
      }
      stored.set(key, structuredClone(delivery));
      return 'written';
    },
    get: async (key) => structuredClone(stored.get(keyOf(key)) ?? null),
    write: async (delivery) => writeOver(stored, keyOf(delivery), delivery),
    list: async ({ tenant, endpointId, status, limit, after }) => {
      const all = [...stored.values()]
        .filter((one) => one.tenant === tenant && one.endpointId === endpointId)
        .filter((one) => status === undefined || one.status === status)
        .filter(({ id }) => after === null || id < after)
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      const items = structuredClone(all.slice(0, limit));
      return { items, next: all.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    due: async ({ at, limit }) =>
      [...stored.values()]
        .flatMap(({ tenant, endpointId, id, dueAt }) =>
          dueAt !== null && dueAt <= at ? [{ tenant, endpointId, id, dueAt }] : [],
        )
        .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
        .slice(0, limit)
        .map(({ tenant, endpointId, id }) => ({ tenant, endpointId, id })),
  };
}

function keyOf({ tenant, endpointId, id }: DeliveryKey): string {
  return `${tenant}#${endpointId}#${id}`;
}

function writeOver<T extends { readonly version: number }>(
  stored: Map<string, T>,
  key: string,
  value: T,
): 'written' | 'refused' {
  if (stored.get(key)?.version !== value.version - 1) {
    return 'refused';
  }
  stored.set(key, structuredClone(value));
  return 'written';
}
