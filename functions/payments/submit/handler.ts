import { authenticateByKey } from '../../../shared/adapters/dynamo/api-keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { acceptsPaymentMethod } from '../../../shared/adapters/stage-payment-methods.ts';
import { paymentEndpoints } from '../../../shared/contracts/endpoints/payments.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { submit } from './submit.ts';

const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = httpHandler(
  paymentEndpoints.createPayment,
  authenticateByKey,
  submit({ ...store, nextStamp: stampNow, acceptsPaymentMethod }),
);
