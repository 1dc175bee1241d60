import { UsageError } from '../../program/exit.ts';
import type { Outputs } from '../deployed.ts';
import type { PolicyDependencies } from './command.ts';

type Stored = Pick<PolicyDependencies, 'store' | 'log'>;

/** What is published in the stage that this process has the environment of. */
export async function storeIn({ AccessTableName }: Outputs): Promise<Stored> {
  if (!AccessTableName) {
    throw new UsageError('the stage has no output AccessTableName: deploy it first');
  }
  const [{ dynamo, tableName }, { dynamoPolicies }, { dynamoOperatorLog }] = await Promise.all([
    import('../../../shared/adapters/dynamo/client.ts'),
    import('../../../shared/adapters/dynamo/access/policy-set.ts'),
    import('../../../shared/adapters/dynamo/operator-log.ts'),
  ]);
  return {
    store: dynamoPolicies(dynamo(), AccessTableName),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
  };
}

const isNotNeeded = async (): Promise<never> => {
  throw new Error('files alone are asked');
};

/** For what needs files alone. */
export const noStore: Stored = {
  store: { active: isNotNeeded, version: isNotNeeded, publish: isNotNeeded },
  log: isNotNeeded,
};
