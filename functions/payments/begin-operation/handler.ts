import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { sagaTask } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { beginOperation } from './begin-operation.ts';

const store = dynamoPaymentStore(dynamo(), {
  payments: tableName('payments'),
});

export const handler = sagaTask(beginOperation({ ...store, nextStamp: stampNow }));
