import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-approve-refund',
  trigger: { kind: 'http', endpoints: [endpoints.approveRefund] },
  timeoutMs: 15_000,
  tables: { payments: ['GetItem'], access: accessActions, operator_log: logActions },
  approvals: 'gives',
});
