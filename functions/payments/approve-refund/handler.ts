import { dynamoApprovals } from '../../../shared/adapters/dynamo/access/approvals.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { approvalEndpoints } from '../../../shared/contracts/endpoints/payments/approvals.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { approveRefund } from './approve-refund.ts';

export const handler = httpHandler(
  approvalEndpoints.approveRefund,
  stageAccess,
  approveRefund({
    load: dynamoPaymentStore(dynamo(), { payments: tableName('payments') }).load,
    approvals: dynamoApprovals(dynamo(), tableName('access')),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
    nextStamp: stampNow,
  }),
);
