import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'simulator-settle',
  trigger: { kind: 'schedule', schedule: 'settlement-file' },
  // Shorter than the 29 s for which API Gateway waits.
  timeoutMs: 25_000,
  tables: {
    simulator: ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query'],
  },
  buckets: { settlements: ['PutObject'] },
  simulatorRoutes: [{ method: 'POST', path: '/settlements' }],
});
