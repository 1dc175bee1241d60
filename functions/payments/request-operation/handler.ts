import { dynamoApprovals } from '../../../shared/adapters/dynamo/access/approvals.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { operationEndpoints } from '../../../shared/contracts/endpoints/payments/operations.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { jitteredPause } from './jittered-pause.ts';
import { requestOperation } from './request-operation.ts';

const { capturePayment, cancelPayment, refundPayment } = operationEndpoints;
const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });
const deps = {
  ...store,
  approvals: dynamoApprovals(dynamo(), tableName('access')),
  nextStamp: stampNow,
  pause: jitteredPause,
};

export const handler = routed([
  {
    endpoint: capturePayment,
    handler: httpHandler(capturePayment, stageAccess, requestOperation(deps, 'capture')),
  },
  {
    endpoint: cancelPayment,
    handler: httpHandler(cancelPayment, stageAccess, requestOperation(deps, 'cancel')),
  },
  {
    endpoint: refundPayment,
    handler: httpHandler(refundPayment, stageAccess, requestOperation(deps, 'refund')),
  },
]);
