import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'ledger-get-trial-balance',
  trigger: { kind: 'http', endpoints: [endpoints.getTrialBalance] },
  timeoutMs: 5_000,
  tables: { books: ['Query'], access: accessActions },
});
