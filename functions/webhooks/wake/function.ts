import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'webhooks-wake',
  trigger: { kind: 'schedule', schedule: 'wake-webhooks' },
  timeoutMs: 60_000,
  tables: { webhooks: ['GetItem', 'PutItem'] },
  indexes: { webhooks: ['by_due'] },
  sendsTo: 'webhook_deliveries',
  needsWebhookTerms: true,
});
