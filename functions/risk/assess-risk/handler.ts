import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { sagaTask } from '../../../shared/runtime/saga-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { assessRisk } from './assess-risk.ts';

const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = sagaTask(
  assessRisk({ ...store, nextStamp: stampNow, rules: JSON.parse(setting('RISK_RULES')) }),
);
