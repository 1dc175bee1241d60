import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'reports-api',
  trigger: { kind: 'http', endpoints: [endpoints.listDailyTotals, endpoints.getBalanceReport] },
  timeoutMs: 10_000,
  tables: {
    projections: ['GetItem', 'Query'],
    books: ['GetItem', 'Query'],
    access: accessActions,
  },
});
