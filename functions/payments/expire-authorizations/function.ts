import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-expire-authorizations',
  trigger: { kind: 'schedule', schedule: 'expire-authorizations' },
  timeoutMs: 60_000,
  tables: { payments: ['GetItem', 'PutItem'] },
  indexes: { payments: ['by_due'] },
});
