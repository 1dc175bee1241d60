import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-reserve',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'reserve' },
  timeoutMs: 10_000,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
});
