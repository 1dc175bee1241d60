import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'risk-assess-risk',
  trigger: { kind: 'saga-task', saga: 'payment', task: 'assess-risk' },
  timeoutMs: 5_000,
  tables: { payments: ['GetItem'] },
  needsRiskRules: true,
});
