import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-reserve',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'reserve' },
  timeoutMs: paymentSagaTasks.reserve.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
});
