import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { paymentListConformance } from './payment-list.suite.ts';

paymentListConformance('memory', async () => ({
  open: (generations, most) => memoryPaymentList(generations, most ? { most } : {}),
  close: async () => {},
}));
