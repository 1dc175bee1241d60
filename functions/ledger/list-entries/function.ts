import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-list-entries',
  trigger: { kind: 'http', endpoints: [endpoints.listLedgerEntries] },
  timeoutMs: 5_000,
  tables: { books: ['GetItem'], access: accessActions },
  indexes: { ledger: ['by_debit_account', 'by_credit_account'] },
});
