import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'simulator-api',
  trigger: { kind: 'simulator-api' },
  // Longer than it stalls, shorter than the 29 s for which API Gateway waits.
  timeoutMs: 20_000,
  tables: { simulator: ['GetItem', 'PutItem', 'UpdateItem', 'Query', 'Scan'] },
  sendsTo: 'simulator_webhooks',
});
