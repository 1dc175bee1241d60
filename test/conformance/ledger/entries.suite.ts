import { expect, it } from 'vitest';
import type { AccountCode } from '../../../shared/domain/ledger/accounts.ts';
import { entryPosition, type Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type {
  EntryPage,
  ListEntries,
  ListEntriesOfDays,
  WriteTransfers,
} from '../../../shared/ports/ledger.ts';
import { aCapture, aTransfer, timeAt } from '../../support/ledger/transfers.ts';

interface Entries {
  readonly write: WriteTransfers;
  readonly listEntries: ListEntries;
  readonly listEntriesOfDays: ListEntriesOfDays;
}

/** What every adapter of `ListEntries` and `ListEntriesOfDays` has to do. */
export function entriesConform(ledger: () => Entries): void {
  const readAll = async (list: (after: string | null) => Promise<EntryPage>) => {
    const read: Transfer[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const page: EntryPage = await list(after);
      read.push(...page.transfers);
      after = page.next;
      pages++;
    } while (after !== null);
    return { read, pages };
  };
  const writeAll = async (transfers: readonly Transfer[]) => {
    for (const transfer of transfers) {
      expect(await ledger().write([transfer])).toBe('written');
    }
  };
  const of = (transfers: readonly Transfer[], account: AccountCode) =>
    transfers.filter(
      ({ debitAccount, creditAccount }) => debitAccount === account || creditAccount === account,
    );
  const oldestFirst = (a: Transfer, b: Transfer) => (entryPosition(a) < entryPosition(b) ? -1 : 1);
  // Both sides, only debits, only credits.
  const accounts = ['merchant_payable', 'psp_receivable', 'fee_revenue'] as const;
  const currency = 'EUR';

  it('give every transfer of an account once, newest first, in pages of any size', async () => {
    const tenant = 'entries';
    // Three payments a millisecond; the three transfers of each have one time.
    const written = Array.from({ length: 7 }, (_, index) =>
      aCapture({ tenant, time: timeAt(Math.floor(index / 3)) }, `entries ${index}`),
    ).flat();
    await writeAll([
      ...written,
      aTransfer({ tenant: 'entries_of_another' }, 'entries of another tenant'),
      aTransfer({ tenant, currency: 'USD' }, 'entries of another currency'),
    ]);
    for (const account of accounts) {
      const own = of(written, account).sort(oldestFirst).toReversed();
      for (const limit of [1, 2, 3, 7, 14, 20, 21, 22, 100]) {
        const { read, pages } = await readAll((after) =>
          ledger().listEntries({ tenant, currency, account, limit, after }),
        );
        expect(read).toEqual(own);
        expect(pages).toBe(Math.ceil(own.length / limit));
      }
    }
  });

  it('give those of some days once, oldest first, in pages of any size', async () => {
    const tenant = 'entries_of_days';
    const dayMs = 24 * 60 * 60 * 1_000;
    // The first and the last millisecond of four days.
    const times = [0, 1, 2, 3].flatMap((day) => [day * dayMs, (day + 1) * dayMs - 1]).map(timeAt);
    const written = times.flatMap((time) => aCapture({ tenant, time }, `day ${time}`));
    await writeAll(written);
    for (const [from, to] of [
      ['2026-01-02', '2026-01-03'],
      ['2026-01-03', '2026-01-03'],
      ['2025-12-01', '2026-01-01'],
      ['2026-01-04', '2027-01-01'],
    ] as const) {
      const ofDays = written.filter(({ time }) => from <= time && time <= `${to}T23:59:59.999Z`);
      expect(ofDays.length).toBeGreaterThan(0);
      for (const account of accounts) {
        const own = of(ofDays, account).sort(oldestFirst);
        for (const limit of [1, 2, 3, 4, 5, 6, 7, 100]) {
          const { read, pages } = await readAll((after) =>
            ledger().listEntriesOfDays({ tenant, currency, account, from, to, limit, after }),
          );
          expect(read).toEqual(own);
          expect(pages).toBe(Math.ceil(own.length / limit));
        }
      }
    }
  });

  it('are an empty last page for an account that nothing touched', async () => {
    const nobody = { tenant: 'nobody', currency, account: 'merchant_payable' } as const;
    const page = { limit: 10, after: null };
    const nothing = { transfers: [], next: null };
    expect(await ledger().listEntries({ ...nobody, ...page })).toEqual(nothing);
    expect(
      await ledger().listEntriesOfDays({
        ...nobody,
        ...page,
        from: '2026-01-01',
        to: '2026-12-31',
      }),
    ).toEqual(nothing);
  });
}
