import fc from 'fast-check';
import { describe, it } from 'vitest';
import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryBooks, memoryLedgerAudit } from '../../../shared/adapters/memory/ledger-books.ts';
import { deliver, deliveriesArbitrary } from '../../../test/support/ledger/fold-deliveries.ts';

describe('the fold of open balances', () => {
  it('takes each transfer once, whatever is replayed, split, cut by a crash or comes late', async () => {
    await fc.assert(
      fc.asyncProperty(deliveriesArbitrary, (history) => {
        const books = memoryBooks();
        const audit = memoryLedgerAudit(memoryLedger(), books);
        return deliver({ books, audit }, history, 'run');
      }),
      { numRuns: 500 },
    );
  });
});
