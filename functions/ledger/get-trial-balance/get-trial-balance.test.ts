import { describe, expect, it } from 'vitest';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { aLedgerOf } from '../../../test/support/ledger/ledgers.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { getTrialBalance } from './get-trial-balance.ts';

describe('reading the trial balance', () => {
  it('gives the sums of each currency of the tenant', async () => {
    const { books } = await aLedgerOf(
      { tenant: 'acme', currency: 'EUR', payments: 3 },
      { tenant: 'stranger', currency: 'USD', payments: 1 },
    );
    expect(await getTrialBalance(books.readAll)(anHttpRequest())).toEqual({
      status: 200,
      body: {
        currencies: [
          {
            currency: 'EUR',
            debits_pending: 0n,
            credits_pending: 0n,
            debits_posted: 30_870n,
            credits_posted: 30_870n,
            difference: 0n,
            as_of: timeAt(2_000),
          },
        ],
      },
    });
  });
});
