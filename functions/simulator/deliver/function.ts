import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'simulator-deliver',
  trigger: { kind: 'queue', queue: 'simulator_webhooks' },
  // Longer than an endpoint has for its answer.
  timeoutMs: 20_000,
  tables: { simulator: ['GetItem'] },
});
