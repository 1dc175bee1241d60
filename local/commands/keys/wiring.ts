import type { StageName } from '../../../infra/stages.ts';
import { dynamoKeyStore } from '../../../shared/adapters/dynamo/access/keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import type { KeyDependencies } from './changes.ts';

/** The keys of the stage that this process has the environment of. */
export function keysOf(stage: StageName): KeyDependencies {
  return {
    keys: dynamoKeyStore(dynamo(), tableName('access')),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
    nowMs: () => Date.now(),
    stage,
  };
}
