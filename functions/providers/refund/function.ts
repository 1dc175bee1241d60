import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-refund',
  trigger: { kind: 'saga-task', task: 'refund' },
  timeoutMs: sagaTasks.refund.timeoutMs,
  tables: {
    payments: ['GetItem', 'PutItem'],
    ledger: ['PutItem', 'ConditionCheckItem'],
    providers: ['GetItem', 'UpdateItem'],
  },
  callsProvider: true,
});
