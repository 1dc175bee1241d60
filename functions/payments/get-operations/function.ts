import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-get-operations',
  trigger: {
    kind: 'http',
    endpoints: [
      endpoints.listCaptures,
      endpoints.getCapture,
      endpoints.listCancellations,
      endpoints.getCancellation,
      endpoints.listRefunds,
      endpoints.getRefund,
      endpoints.listDisputes,
    ],
  },
  timeoutMs: 5_000,
  tables: { payments: ['GetItem'], access: accessActions },
});
