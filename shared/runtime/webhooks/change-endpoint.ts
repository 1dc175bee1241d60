import { setTimeout as delay } from 'node:timers/promises';
import type { WebhookEndpoint } from '../../domain/webhook/endpoint.ts';
import type { WebhookEndpoints } from '../../ports/webhooks/webhooks.ts';

/** Decisions taken anew when another writer came first: with their pauses a second or two. */
const attempts = 8;
const firstPauseMs = 20;

export interface ChangeEndpointDependencies extends Pick<WebhookEndpoints, 'get' | 'write'> {
  /** Waits before a next try, given how many there were. */
  readonly pause: (tried: number) => Promise<void>;
}

/** Full jitter that grows with the tries. */
export const jitteredPause = (tried: number): Promise<void> =>
  delay(Math.random() * firstPauseMs * 2 ** tried);

/** Others changed the endpoint at each try. Nothing was written. */
export class EndpointContention extends Error {
  override readonly name = 'Contention';
}

/**
 * Changes an endpoint against others that do: reads it, decides, and writes it over the version that
 * was read; when another came first, it is read and decided anew.
 *
 * @param decide gives the same object for what needs no change
 * @returns the endpoint before and after; null when there is none
 * @throws EndpointContention when others came first at each try
 */
export async function changeEndpoint(
  { get, write, pause }: ChangeEndpointDependencies,
  { tenant, id }: Pick<WebhookEndpoint, 'tenant' | 'id'>,
  decide: (endpoint: WebhookEndpoint) => WebhookEndpoint,
): Promise<{ readonly before: WebhookEndpoint; readonly after: WebhookEndpoint } | null> {
  for (let tried = 1; tried <= attempts; tried++) {
    const before = await get(tenant, id);
    if (before === null) {
      return null;
    }
    const after = decide(before);
    if (after === before || (await write(after)) === 'written') {
      return { before, after };
    }
    await pause(tried);
  }
  throw new EndpointContention(`webhook endpoint ${id} was changed by others ${attempts} times`);
}
