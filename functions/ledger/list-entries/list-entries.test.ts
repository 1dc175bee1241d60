import { describe, expect, it, vi } from 'vitest';
import type { LedgerEntryResource } from '../../../shared/contracts/ledger.ts';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { aLedgerOf } from '../../../test/support/ledger/ledgers.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { cursorOf } from './cursor.ts';
import { listEntries } from './list-entries.ts';

interface List {
  readonly data: readonly LedgerEntryResource[];
  readonly next_cursor: string | null;
}

async function setUp() {
  const { ledger, books } = await aLedgerOf({ tenant: 'acme', currency: 'EUR', payments: 4 });
  const read = vi.fn(books.read);
  const handle = listEntries({ entries: ledger.listEntries, read });
  const list = async (
    account_id: string,
    query: { limit: number; cursor?: string } = { limit: 20 },
    tenant = 'acme',
  ) => (await handle(anHttpRequest({ tenant, path: { account_id }, query }))).body as List;
  return { list, read };
}

describe('listing the entries of an account', () => {
  it('gives what debits and what credits it, newest first', async () => {
    const { list, read } = await setUp();
    const { data, next_cursor } = await list('merchant_payable.EUR');
    expect(next_cursor).toBeNull();
    expect(data.map(({ time }) => time)).toEqual(
      [3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0].map((second) => timeAt(second * 1_000)),
    );
    expect(
      data
        .slice(0, 3)
        .map(({ posting, direction }) => `${posting} ${direction}`)
        .sort(),
    ).toEqual(['authorized credit', 'captured credit', 'fee debit']);
    expect(read).not.toHaveBeenCalled();
  });

  it('gives each entry once across pages', async () => {
    const { list } = await setUp();
    const all = (await list('merchant_payable.EUR')).data;
    const paged: LedgerEntryResource[] = [];
    let cursor: string | null = null;
    do {
      const page: List = await list('merchant_payable.EUR', {
        limit: 5,
        ...(cursor === null ? {} : { cursor }),
      });
      paged.push(...page.data);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
  });

  it('gives an empty page behind the last entry of an account that is there', async () => {
    const { list } = await setUp();
    const cursor = cursorOf(`${timeAt(-1)}#00#00000000-0000-8000-8000-000000000000`);
    expect(await list('merchant_payable.EUR', { limit: 5, cursor })).toEqual({
      object: 'list',
      data: [],
      next_cursor: null,
    });
  });

  it.each([
    ['a currency that the tenant has no book for', 'merchant_payable.USD', 'acme'],
    ['a code that the chart does not have', 'gifts.EUR', 'acme'],
    ['an id that is none', 'merchant_payable', 'acme'],
    ['another tenant', 'merchant_payable.EUR', 'stranger'],
  ])('finds nothing for %s', async (_, id, tenant) => {
    const { list } = await setUp();
    await expect(list(id, { limit: 20 }, tenant)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['text of another kind', cursorOf('position')],
    ['a position with its id cut off', cursorOf(`${timeAt(0)}#00#${'0'.repeat(8)}`)],
    ['no base64url', '___'],
    [
      'a position in another writing',
      `${cursorOf(`${timeAt(0)}#00#00000000-0000-8000-8000-000000000000`)}=`,
    ],
  ])('refuses a cursor that is %s', async (_, cursor) => {
    const { list } = await setUp();
    await expect(list('merchant_payable.EUR', { limit: 20, cursor })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: '?/cursor', message: 'is not a cursor of this list' }],
    });
  });
});
