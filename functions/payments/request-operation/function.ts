import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-request-operation',
  trigger: {
    kind: 'http',
    endpoints: [endpoints.capturePayment, endpoints.cancelPayment, endpoints.refundPayment],
  },
  timeoutMs: 15_000,
  tables: { payments: ['GetItem', 'PutItem'], access: accessActions },
  approvals: 'takes',
});
