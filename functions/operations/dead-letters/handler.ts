import { stageEdges } from '../../../shared/adapters/aws/dead-letters/stage-edges.ts';
import { dynamoOperatorApprovals } from '../../../shared/adapters/dynamo/access/approvals.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { stageDeadLetters } from '../../../shared/adapters/stage/stage-dead-letters.ts';
import { deadLetterEndpoints } from '../../../shared/contracts/endpoints/dead-letters.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { discardDeadLetter } from './discard.ts';
import { getDeadLetter, listDeadLetters } from './read.ts';
import { redriveDeadLetter } from './redrive.ts';

const {
  listDeadLetters: list,
  getDeadLetter: get,
  redriveDeadLetter: redrive,
  discardDeadLetter: discard,
} = deadLetterEndpoints;

const deps = {
  ...stageDeadLetters(),
  edges: stageEdges(),
  approvals: dynamoOperatorApprovals(dynamo(), tableName('access')),
};

export const handler = routed([
  { endpoint: list, handler: httpHandler(list, stageAccess, listDeadLetters(deps)) },
  { endpoint: get, handler: httpHandler(get, stageAccess, getDeadLetter(deps)) },
  { endpoint: redrive, handler: httpHandler(redrive, stageAccess, redriveDeadLetter(deps)) },
  { endpoint: discard, handler: httpHandler(discard, stageAccess, discardDeadLetter(deps)) },
]);
