import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-suspend',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'suspend' },
  timeoutMs: paymentSagaTasks.suspend.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
});
