import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-get-account',
  trigger: { kind: 'http', endpoint: endpoints.getLedgerAccount },
  timeoutMs: 5_000,
  tables: { books: ['GetItem'], access: ['GetItem'] },
});
