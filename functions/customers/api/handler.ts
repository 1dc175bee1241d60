import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { stagePersonalData } from '../../../shared/adapters/stage/stage-personal-data.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { customersApi } from './api.ts';

export const handler = customersApi({
  access: stageAccess,
  load: dynamoPaymentStore(dynamo(), { payments: tableName('payments') }).load,
  personalData: stagePersonalData(),
  log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
  nextStamp: stampNow,
});
