import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-suspend-operation',
  trigger: { kind: 'saga-task', task: 'suspend-operation' },
  timeoutMs: sagaTasks['suspend-operation'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
});
