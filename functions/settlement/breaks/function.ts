import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'settlement-breaks',
  trigger: {
    kind: 'http',
    endpoints: [
      endpoints.listBreaks,
      endpoints.getBreak,
      endpoints.resolveBreak,
      endpoints.listRuns,
    ],
  },
  timeoutMs: 10_000,
  tables: {
    settlements: ['GetItem', 'PutItem', 'Query'],
    operator_log: logActions,
    access: accessActions,
  },
  indexes: { settlements: ['by_status'] },
});
