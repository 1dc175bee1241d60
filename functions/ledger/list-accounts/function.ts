import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-list-accounts',
  trigger: { kind: 'http', endpoints: [endpoints.listLedgerAccounts] },
  timeoutMs: 5_000,
  tables: { books: ['Query'], ledger: ['GetItem'], access: accessActions },
});
