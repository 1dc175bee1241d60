import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-reverse',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'reverse' },
  timeoutMs: 15_000,
  tables: { payments: ['GetItem', 'PutItem'] },
  callsProvider: true,
});
