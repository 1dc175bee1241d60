import { memoryBooks, memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { ledgerConformance } from './ledger.suite.ts';

ledgerConformance(
  'memory',
  async () => {
    const { write, listEntries } = memoryLedger();
    return {
      books: memoryBooks(),
      write: async (transfers) => write(transfers),
      listEntries,
      close: async () => {},
    };
  },
  300,
);
