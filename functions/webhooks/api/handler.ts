import { randomBytes } from 'node:crypto';
import { sqsWebhookDeliveries } from '../../../shared/adapters/aws/webhook-deliveries.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { dynamoWebhookEndpoints } from '../../../shared/adapters/dynamo/webhooks/endpoints.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { stageWebhookTerms } from '../../../shared/adapters/stage/stage-settings.ts';
import { stageWebhookUrlCheck } from '../../../shared/adapters/webhook-sender/stage-webhook-sender.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { jitteredPause } from '../../../shared/runtime/webhooks/change-endpoint.ts';
import { newWebhookSecret } from '../../../shared/runtime/webhooks/signature.ts';
import { webhooksApi } from './api.ts';

export const handler = webhooksApi({
  access: stageAccess,
  endpoints: dynamoWebhookEndpoints(dynamo(), tableName('webhooks')),
  deliveries: dynamoWebhookDeliveries(dynamo(), tableName('webhooks')),
  send: sqsWebhookDeliveries(),
  log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
  nextStamp: stampNow,
  terms: stageWebhookTerms(),
  checkUrl: stageWebhookUrlCheck(),
  newSecret: () => newWebhookSecret(randomBytes),
  pause: jitteredPause,
});
