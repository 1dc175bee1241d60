import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { sagaTask } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { suspend } from './suspend.ts';

const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = sagaTask(suspend({ ...store, nextStamp: stampNow }));
