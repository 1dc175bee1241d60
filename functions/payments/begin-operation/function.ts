import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-begin-operation',
  trigger: { kind: 'saga-task', task: 'begin-operation' },
  timeoutMs: sagaTasks['begin-operation'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
});
