import { authenticateByKey } from '../../../shared/adapters/dynamo/api-keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { operationEndpoints } from '../../../shared/contracts/endpoints/operations.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { jitteredPause } from './jittered-pause.ts';
import { requestOperation } from './request-operation.ts';

const { capturePayment, cancelPayment, refundPayment } = operationEndpoints;
const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });
const deps = { ...store, nextStamp: stampNow, pause: jitteredPause };

export const handler = routed([
  {
    endpoint: capturePayment,
    handler: httpHandler(capturePayment, authenticateByKey, requestOperation(deps, 'capture')),
  },
  {
    endpoint: cancelPayment,
    handler: httpHandler(cancelPayment, authenticateByKey, requestOperation(deps, 'cancel')),
  },
  {
    endpoint: refundPayment,
    handler: httpHandler(refundPayment, authenticateByKey, requestOperation(deps, 'refund')),
  },
]);
