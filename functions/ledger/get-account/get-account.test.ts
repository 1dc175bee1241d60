import { describe, expect, it } from 'vitest';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { aLedgerOf, aLedgerWith } from '../../../test/support/ledger/ledgers.ts';
import { aCredit, aHold, aPayout, timeAt } from '../../../test/support/ledger/transfers.ts';
import { getAccount } from './get-account.ts';

async function readOf(
  { ledger, books }: Awaited<ReturnType<typeof aLedgerWith>>,
  account_id: string,
  tenant = 'acme',
) {
  const handle = getAccount({ read: books.read, readLimited: ledger.readLimited });
  return handle(anHttpRequest({ tenant, path: { account_id } }));
}

const read = async (account_id: string, tenant = 'acme') =>
  readOf(await aLedgerOf({ tenant: 'acme', currency: 'EUR', payments: 2 }), account_id, tenant);

describe('reading an account', () => {
  it('gives its balance, as of the latest transfer', async () => {
    expect(await read('merchant_payable.EUR')).toMatchObject({
      status: 200,
      body: { id: 'merchant_payable.EUR', balance: 19_420n, as_of: timeAt(1_000) },
    });
  });

  it('gives zeros for one that no transfer of the book has touched yet', async () => {
    const ledger = await aLedgerWith([aHold({ time: timeAt(7) })]);
    expect(await readOf(ledger, 'fee_revenue.EUR')).toMatchObject({
      status: 200,
      body: { balance: 0n, credits_posted: 0n, credits_pending: 0n, as_of: timeAt(7) },
    });
  });

  it('gives the limit of a limited one, and what is available now', async () => {
    const ledger = await aLedgerWith([aCredit()]);
    // Written, and not folded yet.
    expect(ledger.ledger.write([aPayout({ amountMinor: 4_000 })])).toBe('written');
    expect(await readOf(ledger, 'merchant_available.EUR')).toMatchObject({
      body: {
        limit: 'debits_must_not_exceed_credits',
        available: 6_000n,
        balance: 10_000n,
      },
    });
    expect(await readOf(ledger, 'merchant_payable.EUR')).toMatchObject({
      body: { limit: null, available: null },
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
