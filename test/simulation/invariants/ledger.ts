import { trialBalance } from '../../../shared/domain/ledger/reports/trial-balance.ts';
import { hold } from '../../support/invariants/hold.ts';
import { checkBooks, checkLimits } from '../../support/invariants/ledger.ts';
import { apiKeys } from '../world/api.ts';
import type { Invariant } from './invariant.ts';

const tenants = Object.keys(apiKeys);

export const balance: Invariant = {
  name: ' 1 debits equal credits, per currency, per transfer and in all, at every instant',
  check: ({ stores }) => {
    let seen = 0;
    return {
      step: async () => {
        const transfers = stores.ledger.transfers();
        for (const transfer of transfers.slice(seen)) {
          hold(
            transfer.debitAccount !== transfer.creditAccount && transfer.amountMinor > 0,
            () => `transfer ${transfer.id} moves nothing`,
          );
        }
        seen = transfers.length;
        for (const tenant of tenants) {
          for (const { currency, difference } of trialBalance(await stores.books.readAll(tenant))
            .currencies) {
            hold(difference === 0n, () => `${currency} of ${tenant} is off by ${difference}`);
          }
        }
      },
    };
  },
};

export const limits: Invariant = {
  name: '10 a limited account never passes its limit',
  check: ({ stores }) => {
    let seen = 0;
    return {
      step: () => {
        const count = stores.ledger.transfers().length;
        if (count !== seen) {
          seen = count;
          for (const tenant of tenants) {
            checkLimits(tenant, stores.ledger);
          }
        }
      },
    };
  },
};

export const books: Invariant = {
  name: '12 each transfer is in the books once: balances, days and chain are what the transfers make',
  check: ({ stores }) => ({
    end: async () => {
      for (const tenant of tenants) {
        const own = stores.ledger.transfers().filter((transfer) => transfer.tenant === tenant);
        await checkBooks(tenant, stores.books, own);
      }
    },
  }),
};
