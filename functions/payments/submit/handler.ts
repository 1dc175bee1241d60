import { authenticateByKey } from '../../../shared/adapters/dynamo/api-keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { acceptsPaymentMethod } from '../../../shared/adapters/stage-provider.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { submit } from './submit.ts';

const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = httpHandler(
  endpoints.createPayment,
  authenticateByKey,
  submit({ ...store, nextStamp: stampNow, acceptsPaymentMethod }),
);
