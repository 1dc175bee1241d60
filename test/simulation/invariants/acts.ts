import type { LoggedAct } from '../../../shared/domain/operator-log/entry.ts';
import { verifyChains } from '../../../shared/domain/operator-log/verify-chains.ts';
import { hold } from '../../support/invariants/hold.ts';
import type { Invariant } from './invariant.ts';

export const acts: Invariant = {
  name: '12 each payout and each word of a person is on record before it is done, in chains that verify',
  check: ({ stores }) => ({
    end: async () => {
      const logged: LoggedAct[] = [];
      for (const { chain, broken } of await verifyChains(stores.log)) {
        hold(broken === null, () => `${chain} is broken at ${broken?.sequence}: ${broken?.kind}`);
        for await (const act of stores.log.chain(chain).entries()) {
          logged.push(act);
        }
      }
      for (const { id } of stores.payouts.states.values()) {
        const own = logged.filter(
          ({ action, subject }) => action === 'payout.create' && subject === id,
        );
        hold(own.length === 1, () => `payout ${id} is on record ${own.length} times`);
      }
      const events = [...stores.payments.allEvents, ...stores.payouts.allEvents];
      const words = events.filter(
        (event) =>
          (event.type === 'payment.outcome_resolved' || event.type === 'payout.outcome_resolved') &&
          // Not a PSP's or a bank's, which say it by having no record of something.
          event.data.by.startsWith('key:'),
      );
      for (const { id, subject, time } of words) {
        const isOnRecord = logged.some(
          (act) => act.action === 'parked.resolve' && act.subject === subject && act.time <= time,
        );
        hold(isOnRecord, () => `event ${id} says what nobody is on record for`);
      }
    },
  }),
};
