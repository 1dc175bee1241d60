import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoBreaks } from '../../../shared/adapters/dynamo/settlement/breaks.ts';
import { dynamoReconciliationRuns } from '../../../shared/adapters/dynamo/settlement/runs.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { getBreak, listBreaks } from './list-breaks.ts';
import { listRuns } from './list-runs.ts';
import { resolveBreak } from './resolve-break.ts';

const breaks = dynamoBreaks(dynamo(), tableName('settlements'));
const runs = dynamoReconciliationRuns(dynamo(), tableName('settlements'));
const log = dynamoOperatorLog(dynamo(), tableName('operator_log')).append;
const now = () => new Date().toISOString();

export const handler = routed([
  {
    endpoint: endpoints.listBreaks,
    handler: httpHandler(endpoints.listBreaks, stageAccess, listBreaks(breaks)),
  },
  {
    endpoint: endpoints.getBreak,
    handler: httpHandler(endpoints.getBreak, stageAccess, getBreak(breaks)),
  },
  {
    endpoint: endpoints.resolveBreak,
    handler: httpHandler(
      endpoints.resolveBreak,
      stageAccess,
      resolveBreak({ ...breaks, log, now }),
    ),
  },
  {
    endpoint: endpoints.listRuns,
    handler: httpHandler(endpoints.listRuns, stageAccess, listRuns(runs)),
  },
]);
