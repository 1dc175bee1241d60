import { sqsWebhookDeliveries } from '../../../shared/adapters/aws/webhook-deliveries.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { stageWebhookTerms } from '../../../shared/adapters/stage/stage-settings.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { wakeWebhooks } from './wake.ts';

export const handler = observed(
  wakeWebhooks({
    deliveries: dynamoWebhookDeliveries(dynamo(), tableName('webhooks')),
    send: sqsWebhookDeliveries(),
    terms: stageWebhookTerms(),
    now: () => stampNow().time,
  }),
);
