import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-take-notice',
  trigger: { kind: 'queue', queue: 'provider_notices' },
  timeoutMs: 10_000,
  tables: { payments: ['GetItem', 'PutItem'], ledger: ['PutItem', 'UpdateItem'] },
});
