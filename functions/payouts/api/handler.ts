import { authenticateByKey } from '../../../shared/adapters/dynamo/api-keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payout-store.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { createPayout } from './create.ts';
import { getPayout } from './get.ts';
import { listPayouts } from './list.ts';
import { listPayoutEvents } from './list-events.ts';

const store = dynamoPayoutStore(dynamo(), { payments: tableName('payments') });

export const handler = routed([
  {
    endpoint: endpoints.createPayout,
    handler: httpHandler(
      endpoints.createPayout,
      authenticateByKey,
      createPayout({ ...store, nextStamp: stampNow }),
    ),
  },
  {
    endpoint: endpoints.listPayouts,
    handler: httpHandler(endpoints.listPayouts, authenticateByKey, listPayouts(store.list)),
  },
  {
    endpoint: endpoints.getPayout,
    handler: httpHandler(endpoints.getPayout, authenticateByKey, getPayout(store.load)),
  },
  {
    endpoint: endpoints.listPayoutEvents,
    handler: httpHandler(
      endpoints.listPayoutEvents,
      authenticateByKey,
      listPayoutEvents(store.events),
    ),
  },
]);
