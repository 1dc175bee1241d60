import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { acceptsPaymentMethod } from '../../../shared/adapters/stage/stage-payment-methods.ts';
import { stagePersonalData } from '../../../shared/adapters/stage/stage-personal-data.ts';
import { paymentEndpoints } from '../../../shared/contracts/endpoints/payments/payments.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { submit } from './submit.ts';

const { seal } = stagePersonalData();
const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = httpHandler(
  paymentEndpoints.createPayment,
  stageAccess,
  submit({ ...store, seal, nextStamp: stampNow, acceptsPaymentMethod }),
);
