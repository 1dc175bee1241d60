import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-get-statement',
  trigger: { kind: 'http', endpoints: [endpoints.getLedgerStatement] },
  timeoutMs: 10_000,
  tables: { books: ['GetItem', 'Query'], access: accessActions },
  indexes: { ledger: ['by_debit_account', 'by_credit_account'] },
});
