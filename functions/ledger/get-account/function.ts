import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-get-account',
  trigger: { kind: 'http', endpoints: [endpoints.getLedgerAccount] },
  timeoutMs: 5_000,
  tables: { books: ['GetItem'], ledger: ['GetItem'], access: accessActions },
});
