import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-sweep',
  trigger: { kind: 'schedule', schedule: 'sweep-payouts' },
  timeoutMs: 60_000,
  tables: { payments: ['GetItem', 'PutItem'] },
  indexes: { payments: ['by_due'] },
  needsStuckAfter: true,
});
