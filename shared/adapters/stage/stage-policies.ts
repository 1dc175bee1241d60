import builtIn from '../../../policies/default.json' with { type: 'json' };
import type { LivePolicies } from '../../ports/access/access.ts';
import { parsePolicySet } from '../../runtime/access/policy/engine/set.ts';
import { livePolicies } from '../../runtime/access/policy/live.ts';
import { dynamoPolicies } from '../dynamo/access/policy-set.ts';
import { dynamo, tableName } from '../dynamo/client.ts';
import { setting } from '../environment.ts';

/** The policies of the deployed stage: what was published there, or the set of the code. */
export function stagePolicies(): LivePolicies {
  let live: LivePolicies | undefined;
  return () => {
    live ??= livePolicies({
      store: dynamoPolicies(dynamo(), tableName('access')),
      builtIn: parsePolicySet(JSON.stringify(builtIn)),
      stage: setting('STAGE'),
    });
    return live();
  };
}
