import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-reserve',
  trigger: { kind: 'saga-task', task: 'reserve' },
  timeoutMs: sagaTasks.reserve.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
  routesCharges: true,
});
