import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-get',
  trigger: { kind: 'http', endpoints: [endpoints.getPayment] },
  timeoutMs: 5_000,
  tables: { payments: ['GetItem'], access: accessActions },
});
