import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageProviders } from '../../../shared/adapters/stage/providers/stage-provider.ts';
import {
  stageAuthorizationWindowMs,
  stageFeePlans,
} from '../../../shared/adapters/stage/stage-settings.ts';
import { sagaTask } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { charge } from './charge.ts';

const store = dynamoPaymentStore(dynamo(), {
  payments: tableName('payments'),
  ledger: tableName('ledger'),
});

export const handler = sagaTask(
  charge({
    ...store,
    nextStamp: stampNow,
    providers: stageProviders(),
    plans: stageFeePlans(),
    authorizationWindowMs: stageAuthorizationWindowMs(),
  }),
);
