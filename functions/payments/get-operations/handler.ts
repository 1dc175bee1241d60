import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { getOperation, listDisputes, listOperations } from './get-operations.ts';

const { load } = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = routed(
  (
    [
      [endpoints.listCaptures, listOperations(load, 'capture')],
      [endpoints.getCapture, getOperation(load, 'capture')],
      [endpoints.listCancellations, listOperations(load, 'cancel')],
      [endpoints.getCancellation, getOperation(load, 'cancel')],
      [endpoints.listRefunds, listOperations(load, 'refund')],
      [endpoints.getRefund, getOperation(load, 'refund')],
      [endpoints.listDisputes, listDisputes(load)],
    ] as const
  ).map(([endpoint, read]) => ({
    endpoint,
    handler: httpHandler(endpoint, stageAccess, read),
  })),
);
