import { hold } from '../../support/invariants/hold.ts';
import { aWebhookEndpoint } from '../../support/webhooks.ts';
import { apiKeys } from '../world/api.ts';
import type { Invariant } from './invariant.ts';

export const told: Invariant = {
  name: ' 7 a merchant is told of each event once, replayed or not',
  check: ({ stores }) => ({
    end: async () => {
      for (const tenant of Object.keys(apiKeys)) {
        const { id: endpointId } = aWebhookEndpoint('one');
        const all = { tenant, endpointId, limit: 10_000, after: null };
        const { items } = await stores.deliveries.list(all);
        const ofEvents = new Set(items.map(({ event }) => event.id));
        hold(ofEvents.size === items.length, () => `${tenant} was told of an event twice`);
        for (const event of stores.payments.allEvents) {
          hold(
            event.tenant !== tenant || ofEvents.has(event.id),
            () => `${tenant} was never told of ${event.subject}#${event.sequence}`,
          );
        }
      }
    },
  }),
};
