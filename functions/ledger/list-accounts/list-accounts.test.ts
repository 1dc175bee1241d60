import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LedgerAccount } from '../../../shared/contracts/ledger.ts';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { aLedgerOf, aLedgerWith } from '../../../test/support/ledger/ledgers.ts';
import { aCredit } from '../../../test/support/ledger/transfers.ts';
import { listAccounts } from './list-accounts.ts';

type Ledgers = Awaited<ReturnType<typeof aLedgerWith>>;

const listOf = ({ books, ledger }: Ledgers) =>
  listAccounts({ readAll: books.readAll, readLimited: ledger.readLimited });

describe('listing accounts', () => {
  it('gives those of all books of the tenant, by id, in one page', async () => {
    const { books, ledger } = await aLedgerOf(
      { tenant: 'acme', currency: 'USD', payments: 1 },
      { tenant: 'acme', currency: 'EUR', payments: 1 },
      { tenant: 'stranger', currency: 'GBP', payments: 1 },
    );
    const { status, body } = await listOf({ books, ledger })(anHttpRequest());
    const list = body as { data: z.infer<typeof LedgerAccount>[] };
    expect(status).toBe(200);
    expect(list).toMatchObject({ object: 'list', next_cursor: null });
    expect(list.data.map(({ id, balance }) => [id, balance])).toEqual([
      ['fee_revenue.EUR', 290n],
      ['fee_revenue.USD', 290n],
      ['merchant_payable.EUR', 9_710n],
      ['merchant_payable.USD', 9_710n],
      ['psp_receivable.EUR', 10_000n],
      ['psp_receivable.USD', 10_000n],
    ]);
    expect(z.array(LedgerAccount).parse(list.data)).toEqual(list.data);
  });

  it('says of each limited one what is available, by its currency', async () => {
    const ledgers = await aLedgerWith([
      aCredit(),
      aCredit({ currency: 'USD', amountMinor: 7 }, '2'),
    ]);
    const { body } = await listOf(ledgers)(anHttpRequest());
    const { data } = body as { data: z.infer<typeof LedgerAccount>[] };
    expect(data.map(({ id, available }) => [id, available])).toEqual([
      ['merchant_available.EUR', 10_000n],
      ['merchant_available.USD', 7n],
      ['merchant_payable.EUR', null],
      ['merchant_payable.USD', null],
    ]);
  });

  it('is empty for a tenant without a transfer', async () => {
    const { books, ledger } = await aLedgerOf({ tenant: 'stranger', currency: 'EUR', payments: 1 });
    const { body } = await listOf({ books, ledger })(anHttpRequest());
    expect(body).toEqual({ object: 'list', data: [], next_cursor: null });
  });
});
