import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { paymentListConformance } from './payment-list.suite.ts';

paymentListConformance('memory', async () => ({
  list: memoryPaymentList(),
  close: async () => {},
}));
