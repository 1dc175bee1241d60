import { noFilters } from '../../../shared/domain/search/filters.ts';
import { hold } from '../../support/invariants/hold.ts';
import { apiKeys } from '../world/api.ts';
import type { Invariant } from './invariant.ts';

export const published: Invariant = {
  name: ' 7 each change has one event, published at least once, applied once',
  check: ({ stores, bus }) => ({
    end: async () => {
      const taken = new Map(bus.taken.map((event) => [event.id, JSON.stringify(event)]));
      const written = new Map<string, string>();
      for (const event of stores.payments.allEvents) {
        const { id, type, subject, sequence } = event;
        const place = `${subject}#${sequence}`;
        hold(!written.has(place), () => `${place} was written twice`);
        written.set(place, id);
        hold(taken.has(id), () => `${type} as ${place} was never published`);
        hold(taken.get(id) === JSON.stringify(event), () => `${place} was published otherwise`);
      }
      const ours = new Set(written.values());
      for (const { id, type, subject } of bus.taken) {
        hold(
          ours.has(id) || !type.startsWith('payment.'),
          () => `${type} of ${subject} was published and never written`,
        );
      }
      let listed = 0;
      for (const tenant of Object.keys(apiKeys)) {
        const all = { tenant, filters: noFilters, limit: 100, after: null };
        const { payments } = await stores.list.list(all);
        for (const row of payments) {
          const payment = stores.payments.states.get(row.id);
          listed += 1;
          hold(
            payment?.version === row.version && payment.status === row.status,
            () => `the list has ${row.id} at ${row.version}, and it is at ${payment?.version}`,
          );
        }
      }
      hold(listed === stores.payments.states.size, () => 'a payment is not in the list');
    },
  }),
};
