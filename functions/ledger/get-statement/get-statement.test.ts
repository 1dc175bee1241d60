import { describe, expect, it, vi } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { LedgerStatement, type LedgerStatementResource } from '../../../shared/contracts/ledger.ts';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { aLedgerWith } from '../../../test/support/ledger/ledgers.ts';
import { aCapture, aTransfer, timeAt } from '../../../test/support/ledger/transfers.ts';
import { getStatement } from './get-statement.ts';

const dayMs = 24 * 60 * 60 * 1_000;

interface Query {
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A captured payment on each of the first three days of January, read on the third. */
async function setUp() {
  const { ledger, books } = await aLedgerWith(
    [0, 1, 2].flatMap((day) => aCapture({ time: timeAt(day * dayMs) }, String(day))),
  );
  const handle = getStatement({
    read: books.read,
    days: books.days,
    entries: ledger.listEntriesOfDays,
    now: () => new Date(timeAt(2 * dayMs + 5)),
  });
  return async (
    query: Query = { limit: 20 },
    account_id = 'merchant_payable.EUR',
    tenant = 'acme',
  ) => {
    const { status, body } = await handle(anHttpRequest({ tenant, path: { account_id }, query }));
    expect(status).toBe(200);
    return body as LedgerStatementResource;
  };
}

describe('the statement of an account', () => {
  it('is shown by its contract, with the balances after each entry', async () => {
    const read = await setUp();
    const statement = await read({ from: '2026-01-02', to: '2026-01-02', limit: 20 });
    const time = timeAt(dayMs);
    expect(statement).toMatchObject({
      object: 'ledger_statement',
      account: 'merchant_payable.EUR',
      currency: 'EUR',
      from: '2026-01-02',
      to: '2026-01-02',
      opening: { posted: 9_710n, pending: 0n },
      closing: { posted: 19_420n, pending: 0n },
      as_of: timeAt(2 * dayMs),
      data: [
        { posting: 'authorized', time, balance: 9_710n, pending: 10_000n },
        { posting: 'captured', time, balance: 19_710n, pending: 0n },
        { posting: 'fee', time, balance: 19_420n, pending: 0n },
      ],
      next_cursor: null,
    });
    expect(LedgerStatement.parse(statement)).toEqual(statement);
  });

  it('is on the side on which the account grows', async () => {
    const read = await setUp();
    const query = { from: '2026-01-01', to: '2026-01-01', limit: 1 };
    const { data } = await read(query, 'psp_receivable.EUR');
    expect(data).toMatchObject([{ direction: 'debit', balance: 0n, pending: 10_000n }]);
  });

  it('is of this month up to today when nothing is said', async () => {
    const read = await setUp();
    expect(await read()).toMatchObject({ from: '2026-01-01', to: '2026-01-03' });
    expect((await read()).data).toHaveLength(9);
  });

  it('begins with the month of its last day', async () => {
    const read = await setUp();
    expect(await read({ to: '2025-12-24', limit: 20 })).toMatchObject({
      from: '2025-12-01',
      to: '2025-12-24',
      opening: { posted: 0n, pending: 0n },
      closing: { posted: 0n, pending: 0n },
      data: [],
    });
  });

  it('keeps its period from page to page, though the query says nothing of it', async () => {
    const read = await setUp();
    const first = await read({ from: '2026-01-02', limit: 2 });
    const second = await read({ limit: 2, cursor: first.next_cursor ?? '' });
    expect(second).toMatchObject({ from: '2026-01-02', to: '2026-01-03', opening: first.opening });
    expect(second.data[0]).toMatchObject({ posting: 'fee', balance: 19_420n });
  });

  it('adds up the days on its first page only, so that every page has the same sums', async () => {
    const { ledger, books } = await aLedgerWith(aCapture());
    const days = vi.fn(books.days);
    const handle = getStatement({
      read: books.read,
      days,
      entries: ledger.listEntriesOfDays,
      now: () => new Date(timeAt(0)),
    });
    const page = async (query: Query) => {
      const path = { account_id: 'merchant_payable.EUR' };
      return (await handle(anHttpRequest({ path, query }))).body as LedgerStatementResource;
    };
    const first = await page({ limit: 1 });
    const later = { transfer: aTransfer({ time: timeAt(9) }, 'later'), sequence: '9' };
    await books.fold({ tenant: 'acme', currency: 'EUR', shardId: 's', transfers: [later] });
    const second = await page({ limit: 1, cursor: first.next_cursor ?? '' });
    const { opening, closing, as_of } = first;
    expect(second).toMatchObject({ opening, closing, as_of });
    expect(days).toHaveBeenCalledTimes(1);
  });

  it('may be of 366 days and no more', async () => {
    const read = await setUp();
    expect(await read({ from: '2025-01-03', to: '2026-01-03', limit: 1 })).toBeDefined();
    await expect(read({ from: '2025-01-02', to: '2026-01-03', limit: 1 })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: '?/from' }],
    });
  });

  it('is refused when it would end before it begins', async () => {
    const read = await setUp();
    await expect(read({ from: '2026-01-04', limit: 1 })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: '?/from', message: 'must not be after the day in to' }],
    });
  });

  it.each<[string, Partial<Query>, string]>([
    ['another account', {}, 'psp_receivable.EUR'],
    ['another first day', { from: '2026-01-01' }, 'merchant_payable.EUR'],
    ['another last day', { to: '2026-01-02' }, 'merchant_payable.EUR'],
  ])('refuses the cursor of %s', async (_, given, account) => {
    const read = await setUp();
    const { next_cursor } = await read({ from: '2026-01-02', to: '2026-01-03', limit: 1 });
    const again = { limit: 1, cursor: next_cursor ?? '', ...given };
    await expect(read(again, account)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: '?/cursor' }],
    });
  });

  it.each(['___', Buffer.from('merchant_payable.EUR|2026-01-01').toString('base64url')])(
    'refuses a cursor that no statement gave out: %s',
    async (cursor) => {
      const read = await setUp();
      await expect(read({ limit: 1, cursor })).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );

  it('has a cursor that the contract takes, with the largest sums there are', async () => {
    const largest = Array.from({ length: 3 }, (_, index) =>
      aTransfer({ amountMinor: Number.MAX_SAFE_INTEGER }, String(index)),
    );
    const { ledger, books } = await aLedgerWith(largest);
    const handle = getStatement({
      read: books.read,
      days: books.days,
      entries: ledger.listEntriesOfDays,
      now: () => new Date(timeAt(0)),
    });
    const path = { account_id: 'merchant_payable.EUR' };
    const { body } = await handle(anHttpRequest({ path, query: { limit: 2 } }));
    const cursor = (body as LedgerStatementResource).next_cursor ?? '';
    const query = endpoints.getLedgerStatement.query?.parse({ cursor, limit: '2' });
    expect(query).toMatchObject({ cursor });
    const { body: second } = await handle(anHttpRequest({ path, query: { limit: 2, cursor } }));
    expect((second as LedgerStatementResource).data[0]?.balance).toBe(
      -3n * BigInt(Number.MAX_SAFE_INTEGER),
    );
  });

  it.each([
    ['a currency that the tenant has no book for', 'merchant_payable.USD', 'acme'],
    ['a code that the chart does not have', 'gifts.EUR', 'acme'],
    ['another tenant', 'merchant_payable.EUR', 'stranger'],
  ])('is not found for %s', async (_, id, tenant) => {
    const read = await setUp();
    await expect(read({ limit: 20 }, id, tenant)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['2026-02-30', '2026-1-1', '01.01.2026', '', '2026-01-01T00:00:00Z'])(
    'takes no day such as %j',
    (day) => {
      expect(endpoints.getLedgerStatement.query?.safeParse({ from: day }).success).toBe(false);
    },
  );
});
