import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-send',
  trigger: { kind: 'saga-task', task: 'send-payout' },
  timeoutMs: sagaTasks['send-payout'].timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
  callsBank: true,
});
