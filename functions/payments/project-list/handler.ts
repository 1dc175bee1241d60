import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { PaymentEventSchema } from '../../../shared/contracts/events/payment-events.ts';
import { eventConsumer } from '../../../shared/runtime/consumers/event-consumer.ts';
import { projector } from '../../../shared/runtime/projections/projector.ts';
import { spec } from './function.ts';

const generations = dynamoGenerations(dynamo(), tableName('projections'));
const { project } = dynamoPaymentList(dynamo(), tableName('payment_list'), generations);

export const handler = eventConsumer({
  trigger: spec.trigger,
  schema: PaymentEventSchema,
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: projector({
    name: 'payment_list',
    generations,
    project,
    now: () => new Date().toISOString(),
  }),
});
