import { paymentEventTypes } from '../../../shared/contracts/events/payment-events.ts';
import { payoutEventTypes } from '../../../shared/contracts/events/payout-events.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'webhooks-fan-out',
  trigger: {
    kind: 'consumer',
    events: [...paymentEventTypes, ...payoutEventTypes],
    outside: true,
  },
  timeoutMs: 10_000,
  tables: { webhooks: ['Query', 'PutItem'] },
  sendsTo: 'webhook_deliveries',
  needsWebhookTerms: true,
});
