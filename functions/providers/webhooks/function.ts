import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-webhooks',
  trigger: { kind: 'http', endpoints: [endpoints.takeProviderWebhook] },
  timeoutMs: 15_000,
  tables: { providers: ['GetItem', 'PutItem'] },
  sendsTo: 'provider_notices',
  secrets: [
    'psp_webhook',
    'bank_webhook',
    'simulator_webhook',
    'simulator_b_webhook',
    'stripe_webhook',
  ],
});
