import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-release',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'release' },
  timeoutMs: paymentSagaTasks.release.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
});
