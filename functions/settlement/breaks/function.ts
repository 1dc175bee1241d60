import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

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
  timeoutMs: 5_000,
  tables: { settlements: ['GetItem', 'PutItem', 'Query'], access: ['GetItem'] },
  indexes: { settlements: ['by_status'] },
});
