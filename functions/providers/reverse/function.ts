import { paymentSagaTasks } from '../../../shared/domain/saga/table.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-reverse',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'reverse' },
  timeoutMs: paymentSagaTasks.reverse.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
  callsProvider: true,
});
