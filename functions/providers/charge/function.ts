import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-charge',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'charge' },
  timeoutMs: 15_000,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'ConditionCheckItem'] },
  callsProvider: true,
});
