import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { dynamoDailyTotals } from '../../../shared/adapters/dynamo/projections/daily-totals.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { PaymentEventSchema } from '../../../shared/contracts/events/payment-events.ts';
import { eventConsumer } from '../../../shared/runtime/consumers/event-consumer.ts';
import { projector } from '../../../shared/runtime/projections/projector.ts';
import { spec } from './function.ts';

const table = tableName('projections');

export const handler = eventConsumer({
  trigger: spec.trigger,
  schema: PaymentEventSchema,
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: projector({
    name: 'daily_totals',
    generations: dynamoGenerations(dynamo(), table),
    project: dynamoDailyTotals(dynamo(), table).project,
    now: () => new Date().toISOString(),
  }),
});
