import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { memoryProjectionControls } from '../../../shared/adapters/memory/projections/controls.ts';
import type { OpenList } from '../payments/payment-list.suite.ts';
import { controlsConformance } from './controls.suite.ts';
import { paymentGenerationsConformance } from './payment-generations.suite.ts';
import { paymentSearchConformance } from './payment-search.suite.ts';

const openList: OpenList = async () => ({
  open: (generations, most) => memoryPaymentList(generations, most ? { most } : {}),
  close: async () => {},
});

paymentSearchConformance('memory', openList);
paymentGenerationsConformance('memory', openList);
controlsConformance('memory', async () => ({
  controls: memoryProjectionControls(),
  close: async () => {},
}));
