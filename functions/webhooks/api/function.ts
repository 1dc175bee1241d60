import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'webhooks-api',
  trigger: {
    kind: 'http',
    endpoints: [
      endpoints.createWebhookEndpoint,
      endpoints.listWebhookEndpoints,
      endpoints.getWebhookEndpoint,
      endpoints.updateWebhookEndpoint,
      endpoints.deleteWebhookEndpoint,
      endpoints.rotateWebhookSecret,
      endpoints.listWebhookDeliveries,
      endpoints.resendWebhook,
    ],
  },
  // Others who write the operator log may be waited for.
  timeoutMs: 15_000,
  tables: {
    webhooks: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    operator_log: logActions,
    access: accessActions,
  },
  indexes: { webhooks: ['by_status'] },
  sendsTo: 'webhook_deliveries',
  needsWebhookTerms: true,
});
