import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-void',
  trigger: { kind: 'saga-task', task: 'void' },
  timeoutMs: sagaTasks.void.timeoutMs,
  tables: {
    payments: ['GetItem', 'PutItem'],
    ledger: ['PutItem', 'ConditionCheckItem'],
    providers: ['GetItem', 'UpdateItem'],
  },
  callsProvider: true,
});
