import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoPayoutHistory } from '../../../shared/adapters/dynamo/payments/history/histories.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { createPayout } from './create.ts';
import { getPayout } from './get.ts';
import { listPayouts } from './list.ts';
import { listPayoutEvents } from './list-events.ts';

const store = dynamoPayoutStore(dynamo(), { payments: tableName('payments') });
const history = dynamoPayoutHistory(dynamo(), tableName('payments'));
const log = dynamoOperatorLog(dynamo(), tableName('operator_log')).append;

export const handler = routed([
  {
    endpoint: endpoints.createPayout,
    handler: httpHandler(
      endpoints.createPayout,
      stageAccess,
      createPayout({ ...store, log, nextStamp: stampNow }),
    ),
  },
  {
    endpoint: endpoints.listPayouts,
    handler: httpHandler(endpoints.listPayouts, stageAccess, listPayouts(store.list)),
  },
  {
    endpoint: endpoints.getPayout,
    handler: httpHandler(endpoints.getPayout, stageAccess, getPayout({ ...store, ...history })),
  },
  {
    endpoint: endpoints.listPayoutEvents,
    handler: httpHandler(
      endpoints.listPayoutEvents,
      stageAccess,
      listPayoutEvents({ ...store, ...history }),
    ),
  },
]);
