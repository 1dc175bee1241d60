import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-suspend',
  trigger: { kind: 'saga-task', task: 'suspend' },
  timeoutMs: sagaTasks.suspend.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
});
