import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-release',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'release' },
  timeoutMs: 10_000,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
});
