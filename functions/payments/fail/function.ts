import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-fail',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'fail' },
  timeoutMs: 10_000,
  tables: { payments: ['GetItem', 'PutItem'] },
});
