import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'settlement-reconcile',
  trigger: { kind: 'schedule', schedule: 'reconcile' },
  // Lambda's longest. A run that needs more is begun again, and goes on where it was.
  timeoutMs: 900_000,
  memoryMb: 1_024,
  tables: {
    settlements: ['GetItem', 'BatchGetItem', 'PutItem', 'ConditionCheckItem', 'Query'],
    ledger: ['GetItem', 'PutItem', 'UpdateItem'],
    payments: ['GetItem'],
    books: ['Scan'],
  },
  indexes: { ledger: ['by_debit_account', 'by_credit_account'] },
  buckets: { settlements: ['GetObject', 'ListBucket'] },
  // Their names are where their files are.
  acceptsPaymentMethods: true,
});
