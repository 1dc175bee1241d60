import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryConversionStore } from '../../../shared/adapters/memory/payments/conversion-store.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import type { PayoutAdapter } from './adapter.ts';
import { conversionStoreConformance } from './conversion-store.suite.ts';
import { payoutStoreConformance } from './payout-store.suite.ts';

async function open(): Promise<PayoutAdapter> {
  const ledger = memoryLedger();
  return {
    payouts: memoryPayoutStore(ledger),
    conversions: memoryConversionStore(ledger),
    write: async (transfers) => ledger.write(transfers),
    readLimited: ledger.readLimited,
    transfers: async (tenant, currency) => {
      const account = 'merchant_available' as const;
      const query = { tenant, currency, account, limit: 100, after: null };
      return (await ledger.listEntries(query)).transfers;
    },
    close: async () => {},
  };
}

payoutStoreConformance('memory', open);
conversionStoreConformance('memory', open);
