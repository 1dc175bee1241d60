import { authenticateByKey } from '../../../shared/adapters/dynamo/api-keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { listPaymentEvents } from './list-events.ts';

const { events } = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = httpHandler(
  endpoints.listPaymentEvents,
  authenticateByKey,
  listPaymentEvents(events),
);
