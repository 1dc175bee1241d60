import { describe, expect, it } from 'vitest';
import { holdTransfer } from '../../../shared/domain/ledger/postings.ts';
import { aLedgerOf } from '../../../test/support/ledgers.ts';
import { anHttpRequest } from '../../../test/support/requests.ts';
import { aPayment, timeAt } from '../../../test/support/transfers.ts';
import { getAccount } from './get-account.ts';

const read = async (account_id: string, tenant = 'acme') => {
  const { books } = await aLedgerOf({ tenant: 'acme', currency: 'EUR', payments: 2 });
  return getAccount(books.read)(anHttpRequest({ tenant, path: { account_id } }));
};

describe('reading an account', () => {
  it('gives its balance, as of the latest transfer', async () => {
    expect(await read('merchant_payable.EUR')).toMatchObject({
      status: 200,
      body: { id: 'merchant_payable.EUR', balance: 19_420, as_of: timeAt(1_000) },
    });
  });

  it('gives zeros for one that no transfer of the book has touched yet', async () => {
    const { books } = await aLedgerOf();
    const transfers = [{ transfer: holdTransfer(aPayment(), timeAt(7)), sequence: '1' }];
    await books.fold({ tenant: 'acme', currency: 'EUR', shardId: 'shard', transfers });
    const request = anHttpRequest({ path: { account_id: 'fee_revenue.EUR' } });
    expect(await getAccount(books.read)(request)).toMatchObject({
      status: 200,
      body: { balance: 0, credits_posted: 0, credits_pending: 0, as_of: timeAt(7) },
    });
  });

  it.each([
    ['a currency that the tenant has no book for', 'merchant_payable.USD'],
    ['a code that the chart does not have', 'gifts.EUR'],
    ['no id of an account', 'merchant_payable'],
    ['a property of every object', '__proto__.EUR'],
    ['nothing', ''],
  ])('finds nothing for %s', async (_, id) => {
    await expect(read(id)).rejects.toMatchObject({ name: 'ApiError', code: 'not_found' });
  });

  it('finds nothing for another tenant', async () => {
    await expect(read('merchant_payable.EUR', 'stranger')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
