import type { Access } from '../../runtime/http/entry/access.ts';
import { principalsOf } from '../../runtime/http/entry/api-keys.ts';
import { bearer } from '../../runtime/http/entry/authenticate.ts';
import { dynamoKeyUse } from '../dynamo/access/keys.ts';
import { dynamo, tableName } from '../dynamo/client.ts';
import { stageTokens } from '../oidc/stage-tokens.ts';
import { stageAdmit } from './stage-admit.ts';
import { stagePolicies } from './stage-policies.ts';

/** Who may do what in the deployed stage. */
export const stageAccess: Access = {
  authenticate: bearer(principalsOf(dynamoKeyUse(dynamo(), tableName('access'))), {
    verifyToken: stageTokens(),
  }),
  policies: stagePolicies(),
  admit: stageAdmit(),
};
