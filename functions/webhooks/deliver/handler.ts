import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { sqsWebhookDeliveries } from '../../../shared/adapters/aws/webhook-deliveries.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { dynamoWebhookEndpoints } from '../../../shared/adapters/dynamo/webhooks/endpoints.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { stageWebhookTerms } from '../../../shared/adapters/stage/stage-settings.ts';
import { stageWebhookSender } from '../../../shared/adapters/webhook-sender/stage-webhook-sender.ts';
import { DeliveryMessageSchema } from '../../../shared/contracts/webhooks.ts';
import { queueConsumer } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { replayOfDelivery } from '../../../shared/runtime/replay/replay.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { jitteredPause } from '../../../shared/runtime/webhooks/change-endpoint.ts';
import { deliver } from './deliver.ts';

export const handler = queueConsumer({
  schema: DeliveryMessageSchema,
  what: 'a webhook to deliver',
  contentOf: (body) => body,
  replayOf: replayOfDelivery,
  contextOf: ({ tenant, endpoint_id, delivery_id }) => ({ tenant, endpoint_id, delivery_id }),
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: deliver({
    endpoints: dynamoWebhookEndpoints(dynamo(), tableName('webhooks')),
    deliveries: dynamoWebhookDeliveries(dynamo(), tableName('webhooks')),
    send: sqsWebhookDeliveries(),
    post: stageWebhookSender(),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
    terms: stageWebhookTerms(),
    now: () => stampNow().time,
    pause: jitteredPause,
  }),
});
