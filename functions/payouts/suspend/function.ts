import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-suspend',
  trigger: { kind: 'saga-task', task: 'suspend-payout' },
  timeoutMs: sagaTasks['suspend-payout'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
});
