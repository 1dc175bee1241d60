import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { sqsWebhookDeliveries } from '../../../shared/adapters/aws/webhook-deliveries.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { dynamoWebhookEndpoints } from '../../../shared/adapters/dynamo/webhooks/endpoints.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { stageWebhookTerms } from '../../../shared/adapters/stage/stage-settings.ts';
import { AnyEventSchema } from '../../../shared/contracts/events/any-event.ts';
import { eventConsumer } from '../../../shared/runtime/consumers/event-consumer.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { fanOut } from '../../../shared/runtime/webhooks/fan-out.ts';
import { spec } from './function.ts';

export const handler = eventConsumer({
  trigger: spec.trigger,
  schema: AnyEventSchema,
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: fanOut({
    endpoints: dynamoWebhookEndpoints(dynamo(), tableName('webhooks')),
    deliveries: dynamoWebhookDeliveries(dynamo(), tableName('webhooks')),
    send: sqsWebhookDeliveries(),
    terms: stageWebhookTerms(),
    now: () => stampNow().time,
  }),
});
