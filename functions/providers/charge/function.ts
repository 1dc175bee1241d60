import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-charge',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'charge' },
  timeoutMs: paymentSagaTasks.charge.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
  callsProvider: true,
});
