import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

/** By itself, so that what takes approvals cannot give any. */
export const spec = functionSpec({
  name: 'operations-approve',
  trigger: { kind: 'http', endpoints: [endpoints.approveOperatorAct] },
  timeoutMs: 15_000,
  tables: { operator_log: logActions, access: accessActions },
  approvals: 'gives',
});
