import { checkDays, checkTotals } from '../../support/invariants/totals.ts';
import { apiKeys } from '../world/api.ts';
import type { Invariant } from './invariant.ts';

const always = { from: '2000-01-01', to: '2999-12-31' };

export const totals: Invariant = {
  name: ' 7 the totals of days have each event once, and are together what the payments come to',
  check: ({ stores }) => ({
    end: async () => {
      for (const tenant of Object.keys(apiKeys)) {
        const query = { tenant, ...always, currency: null, limit: 10_000, after: null };
        const { days } = await stores.totals.list(query, 1);
        const isOwn = (one: { readonly tenant: string }) => one.tenant === tenant;
        checkDays(days, stores.payments.allEvents.filter(isOwn));
        const payments = [...stores.payments.states.values()].filter(isOwn);
        for (const [currency, own] of Map.groupBy(payments, ({ request }) => request.currency)) {
          checkTotals(
            days.filter((day) => day.currency === currency),
            own,
          );
        }
      }
    },
  }),
};
