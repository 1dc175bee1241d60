import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { paymentStoreConformance } from './payment-store.suite.ts';

paymentStoreConformance('memory', async () => {
  const store = memoryPaymentStore();
  return {
    store,
    transfers: async (tenant) => store.transfers.filter((transfer) => transfer.tenant === tenant),
    close: async () => {},
  };
});
