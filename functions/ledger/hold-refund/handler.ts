import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { sagaTask } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { holdRefund } from './hold-refund.ts';

const store = dynamoPaymentStore(dynamo(), {
  payments: tableName('payments'),
  ledger: tableName('ledger'),
});

export const handler = sagaTask(holdRefund({ ...store, nextStamp: stampNow }));
