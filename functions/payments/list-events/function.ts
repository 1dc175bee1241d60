import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-list-events',
  trigger: { kind: 'http', endpoints: [endpoints.listPaymentEvents] },
  timeoutMs: 5_000,
  tables: { payments: ['GetItem', 'Query'], access: accessActions },
});
