import { memoryAudit } from '../../shared/adapters/memory/audit.ts';
import { memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryBooks } from '../../shared/adapters/memory/ledger-books.ts';
import { memoryConversionStore } from '../../shared/adapters/memory/payments/conversion-store.ts';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import { auditConforms } from './audit.suite.ts';

auditConforms('memory', async () => {
  const ledger = memoryLedger();
  const stores = {
    ledger,
    books: memoryBooks(),
    payments: memoryPaymentStore(ledger),
    payouts: memoryPayoutStore(ledger),
    conversions: memoryConversionStore(ledger),
  };
  return {
    ...stores,
    write: async (transfers) => ledger.write(transfers),
    sources: memoryAudit(stores),
    close: async () => {},
  };
});
