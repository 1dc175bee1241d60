import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageProviders } from '../../../shared/adapters/stage/providers/stage-provider.ts';
import { sagaTask } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { voidAuthorization } from './void.ts';

const store = dynamoPaymentStore(dynamo(), {
  payments: tableName('payments'),
  ledger: tableName('ledger'),
});

export const handler = sagaTask(
  voidAuthorization({ ...store, nextStamp: stampNow, providers: stageProviders() }),
);
