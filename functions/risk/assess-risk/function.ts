import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'risk-assess-risk',
  trigger: { kind: 'saga-task', task: 'assess-risk' },
  timeoutMs: sagaTasks['assess-risk'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
  needsRiskRules: true,
});
