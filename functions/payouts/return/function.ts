import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-return',
  trigger: { kind: 'saga-task', task: 'return-payout' },
  timeoutMs: sagaTasks['return-payout'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'UpdateItem'] },
});
