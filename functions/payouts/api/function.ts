import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-api',
  trigger: {
    kind: 'http',
    endpoints: [
      endpoints.createPayout,
      endpoints.listPayouts,
      endpoints.getPayout,
      endpoints.listPayoutEvents,
    ],
  },
  // A request may wait for 10 seconds.
  timeoutMs: 15_000,
  tables: {
    payments: ['GetItem', 'PutItem', 'Query'],
    operator_log: logActions,
    access: accessActions,
  },
});
