import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-republish',
  trigger: { kind: 'schedule', schedule: 'republish' },
  // Lambda's longest.
  timeoutMs: 900_000,
  tables: {
    payments: ['Scan', 'Query'],
    payment_list: ['BatchGetItem'],
    projections: ['GetItem'],
  },
  publishes: true,
});
