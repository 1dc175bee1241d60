import { dynamoOperatorApprovals } from '../../../shared/adapters/dynamo/access/approvals.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { deadLetterEndpoints } from '../../../shared/contracts/endpoints/dead-letters.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { approveOperatorAct } from './approve.ts';

export const handler = httpHandler(
  deadLetterEndpoints.approveOperatorAct,
  stageAccess,
  approveOperatorAct({
    approvals: dynamoOperatorApprovals(dynamo(), tableName('access')),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
    nextStamp: stampNow,
  }),
);
