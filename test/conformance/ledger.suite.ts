import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountCode } from '../../shared/domain/ledger/accounts.ts';
import {
  captureTransfers,
  holdTransfer,
  releaseTransfer,
} from '../../shared/domain/ledger/postings.ts';
import { entryPosition, type Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { Books, ListEntries } from '../../shared/ports/ledger.ts';
import { deliver, deliveriesArbitrary } from '../support/fold-deliveries.ts';
import { aPayment, aTransfer, timeAt } from '../support/transfers.ts';
import { booksConform } from './books.suite.ts';

/** The adapters of one kind, on stores of their own. */
export interface LedgerAdapters {
  readonly books: Books;
  readonly write: (transfers: readonly Transfer[]) => Promise<'written' | 'refused'>;
  readonly listEntries: ListEntries;
  readonly close: () => Promise<void>;
}

/** What every adapter of the ledger's ports has to do. `numRuns` bounds the generated histories. */
export function ledgerConformance(
  kind: string,
  open: () => Promise<LedgerAdapters>,
  numRuns: number,
): void {
  describe(`the ledger on ${kind}`, () => {
    let ledger: LedgerAdapters;
    beforeAll(async () => {
      ledger = await open();
    });
    afterAll(() => ledger.close());

    describe('transfers', () => transfersConform(() => ledger));
    describe('entries', () => entriesConform(() => ledger));
    describe('books', () => booksConform(() => ledger.books));

    it('folds each transfer once, whatever happens to its delivery', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(deliveriesArbitrary, (history) =>
          deliver(ledger.books, history, `run${++run}`),
        ),
        { numRuns },
      );
    });
  });
}

function transfersConform(ledger: () => LedgerAdapters): void {
  const held = async (key: string) => {
    const payment = aPayment({ tenant: 'transfers', key });
    expect(await ledger().write([holdTransfer(payment, timeAt(0))])).toBe('written');
    return payment;
  };

  it('are written once', async () => {
    const payment = await held('once');
    expect(await ledger().write([holdTransfer(payment, timeAt(1))])).toBe('refused');
  });

  it('resolve a pending one at most once, posted or voided', async () => {
    const payment = await held('resolved');
    expect(await ledger().write(captureTransfers(payment, timeAt(1)))).toBe('written');
    expect(await ledger().write([releaseTransfer(payment, timeAt(2))])).toBe('refused');
    expect(await ledger().write(captureTransfers(payment, timeAt(3)))).toBe('refused');
  });

  it('have one winner when ten would resolve one pending transfer at once', async () => {
    const payment = await held('race');
    const resolutions = Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0
        ? captureTransfers(payment, timeAt(index))
        : [releaseTransfer(payment, timeAt(index))],
    );
    const results = await Promise.all(resolutions.map((transfers) => ledger().write(transfers)));
    expect(results.filter((result) => result === 'written')).toHaveLength(1);
  });

  it.each([
    ['was never made', { pendingId: '00000000-0000-8000-8000-000000000000' }],
    ['is of another tenant', { tenant: 'stranger' }],
    ['is of another currency', { currency: 'USD' }],
    ['debits another account', { debitAccount: 'fee_revenue' }],
    ['credits another account', { creditAccount: 'fee_revenue' }],
    ['is of another amount', { pendingAmountMinor: 10_001 }],
  ] as const)('resolve nothing when the pending one %s', async (name, difference) => {
    const payment = await held(name);
    const resolution = { ...releaseTransfer(payment, timeAt(1)), ...difference } as Transfer;
    expect(await ledger().write([resolution])).toBe('refused');
    expect(await ledger().write([releaseTransfer(payment, timeAt(1))])).toBe('written');
  });

  it('resolve nothing that was posted from the start', async () => {
    const fee = aTransfer({ tenant: 'transfers' }, 'posted');
    expect(await ledger().write([fee])).toBe('written');
    const resolution = {
      ...fee,
      id: aTransfer({}, 'its void').id,
      kind: 'void_pending',
      pendingId: fee.id,
      pendingAmountMinor: fee.amountMinor,
    } as const;
    expect(await ledger().write([resolution])).toBe('refused');
  });

  it('are written together or not at all', async () => {
    const payment = await held('together');
    const [captured, fee] = captureTransfers(payment, timeAt(1)) as [Transfer, Transfer];
    expect(await ledger().write([fee])).toBe('written');
    expect(await ledger().write([captured, fee])).toBe('refused');
    expect(await ledger().write([releaseTransfer(payment, timeAt(2))])).toBe('written');
  });

  it('are refused when they post more than was pending', async () => {
    const payment = await held('too much');
    const [captured] = captureTransfers(payment, timeAt(1)) as [Transfer];
    await expect(ledger().write([{ ...captured, amountMinor: 10_001 }])).rejects.toThrow(
      /more than was pending/,
    );
  });
}

function entriesConform(ledger: () => LedgerAdapters): void {
  const readAll = async (tenant: string, account: AccountCode, limit: number) => {
    const read: Transfer[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const page = await ledger().listEntries({ tenant, currency: 'EUR', account, limit, after });
      read.push(...page.transfers);
      after = page.next;
      pages++;
    } while (after !== null);
    return { read, pages };
  };

  it('give every transfer of an account once, newest first, in pages of any size', async () => {
    const tenant = 'entries';
    const written: Transfer[] = [];
    for (let index = 0; index < 7; index++) {
      const payment = aPayment({ tenant, key: String(index) });
      // Three payments a millisecond; a capture and its fee have one time.
      const time = timeAt(Math.floor(index / 3));
      const transfers = [[holdTransfer(payment, time)], captureTransfers(payment, time)];
      for (const together of transfers) {
        expect(await ledger().write(together)).toBe('written');
        written.push(...together);
      }
    }
    const others = [
      aTransfer({ tenant: 'entries_of_another' }, 'other tenant'),
      aTransfer({ tenant, currency: 'USD' }, 'other currency'),
    ];
    expect(await ledger().write(others)).toBe('written');
    written.sort((a, b) => (entryPosition(a) < entryPosition(b) ? 1 : -1));
    // Both sides, only debits, only credits.
    for (const account of ['merchant_payable', 'psp_receivable', 'fee_revenue'] as const) {
      const own = written.filter(
        ({ debitAccount, creditAccount }) => debitAccount === account || creditAccount === account,
      );
      for (const limit of [1, 2, 3, 7, 14, 20, 21, 22, 100]) {
        const { read, pages } = await readAll(tenant, account, limit);
        expect(read).toEqual(own);
        expect(pages).toBe(Math.ceil(own.length / limit));
      }
    }
  });

  it('are an empty last page for an account that nothing touched', async () => {
    expect(await readAll('nobody', 'merchant_payable', 10)).toEqual({ read: [], pages: 1 });
  });
}
