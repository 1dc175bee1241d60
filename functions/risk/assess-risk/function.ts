import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'risk-assess-risk',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'assess-risk' },
  timeoutMs: paymentSagaTasks['assess-risk'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
  needsRiskRules: true,
});
