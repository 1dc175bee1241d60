import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'customers-api',
  trigger: {
    kind: 'http',
    endpoints: [endpoints.getPaymentCustomer, endpoints.eraseCustomer],
  },
  // Others who write the operator log may be waited for.
  timeoutMs: 15_000,
  tables: {
    payments: ['GetItem'],
    customers: ['GetItem', 'UpdateItem'],
    operator_log: logActions,
    access: accessActions,
  },
  dataKeys: ['Decrypt'],
});
