import { paymentEventTypes } from '../../../shared/contracts/events/payment-events.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'reports-project-totals',
  // Those that add nothing too: so what it has taken of a payment is one number, however many there are.
  trigger: { kind: 'consumer', events: paymentEventTypes, outside: false },
  timeoutMs: 10_000,
  tables: { projections: ['GetItem', 'UpdateItem'] },
});
