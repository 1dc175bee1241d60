import { paymentEventTypes } from '../../../shared/contracts/events/payment-events.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-project-list',
  trigger: { kind: 'consumer', events: paymentEventTypes, outside: false },
  timeoutMs: 10_000,
  tables: { payment_list: ['UpdateItem'], projections: ['GetItem'] },
});
