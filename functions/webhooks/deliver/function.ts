import { functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'webhooks-deliver',
  trigger: { kind: 'queue', queue: 'webhook_deliveries' },
  // What a receiver may take for its answer, and the operator log after it.
  timeoutMs: 40_000,
  tables: { webhooks: ['GetItem', 'PutItem', 'Query'], operator_log: logActions },
  sendsTo: 'webhook_deliveries',
  needsWebhookTerms: true,
});
