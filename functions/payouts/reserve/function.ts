import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-reserve',
  trigger: { kind: 'saga-task', task: 'reserve-payout' },
  timeoutMs: sagaTasks['reserve-payout'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'UpdateItem'] },
});
