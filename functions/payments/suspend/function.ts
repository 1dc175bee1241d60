import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-suspend',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'suspend' },
  timeoutMs: 10_000,
  tables: { payments: ['GetItem', 'PutItem'] },
});
