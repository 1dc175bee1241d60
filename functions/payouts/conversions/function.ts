import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-conversions',
  trigger: { kind: 'http', endpoints: [endpoints.createConversion, endpoints.getConversion] },
  timeoutMs: 5_000,
  tables: {
    payments: ['GetItem', 'PutItem'],
    ledger: ['GetItem', 'PutItem', 'UpdateItem'],
    access: accessActions,
  },
  needsRates: true,
});
