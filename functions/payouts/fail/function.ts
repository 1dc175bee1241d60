import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-fail',
  trigger: { kind: 'saga-task', task: 'fail-payout' },
  timeoutMs: sagaTasks['fail-payout'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'UpdateItem'] },
});
