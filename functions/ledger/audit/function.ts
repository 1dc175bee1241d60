import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-audit',
  trigger: { kind: 'schedule', schedule: 'audit' },
  // Lambda's longest.
  timeoutMs: 900_000,
  // As much as an account has from its start; docs/decisions/0008 says what fits.
  memoryMb: 3_008,
  tables: {
    payments: ['Scan', 'Query', 'GetItem'],
    ledger: ['Scan', 'BatchGetItem'],
    books: ['Scan', 'Query', 'GetItem', 'PutItem'],
    operator_log: ['GetItem', 'BatchGetItem', 'Query'],
  },
});
