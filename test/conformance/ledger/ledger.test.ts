import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryBooks, memoryLedgerAudit } from '../../../shared/adapters/memory/ledger-books.ts';
import { ledgerConformance } from './ledger.suite.ts';

ledgerConformance(
  'memory',
  async () => {
    const { write, ...ledger } = memoryLedger();
    const books = memoryBooks();
    return {
      ...ledger,
      books,
      audit: memoryLedgerAudit({ write, ...ledger }, books),
      write: async (transfers) => write(transfers),
      close: async () => {},
    };
  },
  300,
);
