import type { DeliveryMessage } from '../../contracts/webhooks.ts';
import type { Delivery, DeliveryStatus } from '../../domain/webhook/delivery.ts';
import type { WebhookEndpoint } from '../../domain/webhook/endpoint.ts';
import type { Page } from '../settlement/reconciliation.ts';

/** The endpoints of tenants. Reads are strongly consistent. */
export interface WebhookEndpoints {
  /** Puts a new one; `full` when its tenant has as many as it may. */
  readonly create: (endpoint: WebhookEndpoint) => Promise<'written' | 'full'>;
  readonly get: (tenant: string, id: string) => Promise<WebhookEndpoint | null>;
  /** All of a tenant, newest first: there are few. */
  readonly list: (tenant: string) => Promise<readonly WebhookEndpoint[]>;
  /** Writes a change over the version before it; `refused` when that is not there any more. */
  readonly write: (endpoint: WebhookEndpoint) => Promise<'written' | 'refused'>;
  /** True when it was there. */
  readonly remove: (tenant: string, id: string) => Promise<boolean>;
}

/** By what a delivery is found. */
export type DeliveryKey = Pick<Delivery, 'tenant' | 'endpointId' | 'id'>;

/** The delivery log. */
export interface WebhookDeliveries {
  /** Puts one that is not there yet, and leaves one that is as it is. */
  readonly put: (delivery: Delivery) => Promise<'written' | 'there'>;
  /** Strongly consistent. */
  readonly get: (key: DeliveryKey) => Promise<Delivery | null>;
  /** Writes a change over the version before it; `refused` when that is not there any more. */
  readonly write: (delivery: Delivery) => Promise<'written' | 'refused'>;
  /** Those of one endpoint, newest first; with a status, it follows them within moments. */
  readonly list: (query: {
    readonly tenant: string;
    readonly endpointId: string;
    readonly status?: DeliveryStatus | undefined;
    /** 1 to 100. */
    readonly limit: number;
    /** The id after which to go on; null for the start. */
    readonly after: string | null;
  }) => Promise<Page<Delivery>>;
  /** Those that have to be looked after at a time, the longest due first; it may be a moment behind. */
  readonly due: (query: {
    readonly at: string;
    readonly limit: number;
  }) => Promise<readonly DeliveryKey[]>;
}

/** Asks for a try, at once or up to 900 seconds later. It may be asked for twice. */
export type SendDelivery = (
  message: DeliveryMessage,
  options: { readonly delaySeconds: number },
) => Promise<void>;
