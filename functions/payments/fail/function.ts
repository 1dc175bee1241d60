import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-fail',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'fail' },
  timeoutMs: paymentSagaTasks.fail.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
});
