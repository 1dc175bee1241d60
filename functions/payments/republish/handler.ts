import type { ScheduledEvent } from 'aws-lambda';
import { eventBridge } from '../../../shared/adapters/aws/event-bus.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { type Republished, republish } from './republish.ts';

const { scan, events } = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });
const { taken } = dynamoPaymentList(
  dynamo(),
  tableName('payment_list'),
  dynamoGenerations(dynamo(), tableName('projections')),
);

const run = republish({
  scan,
  events,
  taken,
  publish: eventBridge(setting('BUS_NAME')),
  now: () => new Date().toISOString(),
});

/** For what a hundred payments may take that are behind. */
const reserveMs = 60_000;

export const handler = observed<ScheduledEvent, Republished>((_event, context) =>
  run(() => context.getRemainingTimeInMillis() < reserveMs),
);
