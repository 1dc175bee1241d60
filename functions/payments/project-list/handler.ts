import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/payment-list.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { PaymentEventSchema } from '../../../shared/contracts/events/payment-events.ts';
import { eventConsumer } from '../../../shared/runtime/consumers/event-consumer.ts';
import { projectList } from './project-list.ts';

const { project } = dynamoPaymentList(dynamo(), tableName('payment_list'));

export const handler = eventConsumer({
  schema: PaymentEventSchema,
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: projectList(project),
});
