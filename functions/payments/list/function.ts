import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-list',
  trigger: { kind: 'http', endpoints: [endpoints.listPayments] },
  timeoutMs: 5_000,
  tables: {
    payment_list: ['Query', 'GetItem', 'BatchGetItem'],
    payments: ['GetItem'],
    projections: ['GetItem'],
    access: accessActions,
  },
  indexes: { payment_list: ['by_status', 'by_customer'] },
});
