import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type {
  Books,
  LedgerAudit,
  ListEntries,
  ListEntriesOfDays,
  ReadLimited,
  WriteTransfers,
} from '../../../shared/ports/ledger.ts';
import { deliver, deliveriesArbitrary } from '../../support/ledger/fold-deliveries.ts';
import { auditConforms } from './audit.suite.ts';
import { booksConform } from './books.suite.ts';
import { entriesConform } from './entries.suite.ts';
import { limitsConform } from './limits.suite.ts';
import { redrivesConform } from './redrive.suite.ts';
import { transfersConform } from './transfers.suite.ts';

/** The adapters of one kind, on stores of their own. */
export interface LedgerAdapters {
  readonly books: Books;
  readonly audit: LedgerAudit;
  readonly write: WriteTransfers;
  readonly readLimited: ReadLimited;
  readonly listEntries: ListEntries;
  readonly listEntriesOfDays: ListEntriesOfDays;
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

    describe('transfers', () => transfersConform(() => ledger.write));
    describe('limited accounts', () => limitsConform(() => ledger, numRuns));
    describe('entries', () => entriesConform(() => ledger));
    describe('books', () => booksConform(() => ledger));
    describe('a range that was given up', () => redrivesConform(() => ledger));
    describe('an audit', () => auditConforms(() => ledger));

    it('folds each transfer once, whatever happens to its delivery', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(deliveriesArbitrary, (history) => deliver(ledger, history, `run${++run}`)),
        { numRuns },
      );
    });
  });
}
