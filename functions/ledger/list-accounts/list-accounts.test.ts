import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LedgerAccount } from '../../../shared/contracts/ledger.ts';
import { aLedgerOf } from '../../../test/support/ledgers.ts';
import { anHttpRequest } from '../../../test/support/requests.ts';
import { listAccounts } from './list-accounts.ts';

describe('listing accounts', () => {
  it('gives those of all books of the tenant, by id, in one page', async () => {
    const { books } = await aLedgerOf(
      { tenant: 'acme', currency: 'USD', payments: 1 },
      { tenant: 'acme', currency: 'EUR', payments: 1 },
      { tenant: 'stranger', currency: 'GBP', payments: 1 },
    );
    const { status, body } = await listAccounts(books.readAll)(anHttpRequest());
    const list = body as { data: z.infer<typeof LedgerAccount>[] };
    expect(status).toBe(200);
    expect(list).toMatchObject({ object: 'list', next_cursor: null });
    expect(list.data.map(({ id, balance }) => [id, balance])).toEqual([
      ['fee_revenue.EUR', 290],
      ['fee_revenue.USD', 290],
      ['merchant_payable.EUR', 9_710],
      ['merchant_payable.USD', 9_710],
      ['psp_receivable.EUR', 10_000],
      ['psp_receivable.USD', 10_000],
    ]);
    expect(z.array(LedgerAccount).parse(list.data)).toEqual(list.data);
  });

  it('is empty for a tenant without a transfer', async () => {
    const { books } = await aLedgerOf({ tenant: 'stranger', currency: 'EUR', payments: 1 });
    const { body } = await listAccounts(books.readAll)(anHttpRequest());
    expect(body).toEqual({ object: 'list', data: [], next_cursor: null });
  });
});
