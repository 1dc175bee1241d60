import { RequestLimitsSetting } from '../../contracts/settings/request-limits.ts';
import type { Admit } from '../../ports/access/access.ts';
import { admitBy } from '../../runtime/access/admit.ts';
import { dynamo, tableName } from '../dynamo/client.ts';
import { dynamoTenantLimits } from '../dynamo/tenant-limits.ts';
import { setting } from '../environment.ts';
import { parsedSetting } from '../parsed-setting.ts';

/** The limits of the stage, over all processes. @throws Error at start-up, naming a setting amiss */
export function stageAdmit(): Admit {
  return admitBy({
    limits: parsedSetting('TENANT_LIMITS', RequestLimitsSetting),
    lease: dynamoTenantLimits(dynamo(), {
      table: tableName('access'),
      // Limits may cost a payment a sixth of what a call that matters may.
      callTimeoutMs: Math.ceil(Number(setting('AWS_CALL_TIMEOUT_MS')) / 6),
    }),
    now: Date.now,
  });
}
