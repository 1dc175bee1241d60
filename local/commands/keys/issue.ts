import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoKeyStore } from '../../../shared/adapters/dynamo/access/keys.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { merchantGrants, operatorGrants } from '../../../shared/domain/access/key.ts';
import { merchantRole, operatorRole } from '../../../shared/domain/access/tenant.ts';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { createKey, createTenant } from './changes.ts';

/** The tables of a deployment that a key needs. */
export interface KeyTables {
  readonly access: string;
  readonly operatorLog: string;
}

/**
 * A key that may do what its tenant may, in a stage of this machine's: the tenant is made when it is
 * not there. On record like every other, as the seed's.
 */
export async function issueKey(
  client: DynamoDBClient,
  tables: KeyTables,
  tenant: string,
): Promise<string> {
  const deps = {
    keys: dynamoKeyStore(client, tables.access),
    log: dynamoOperatorLog(client, tables.operatorLog).append,
    nowMs: () => Date.now(),
    stage: 'local',
  };
  const signed = { by: 'seed', reason: '' };
  if (!(await deps.keys.hasTenant(tenant))) {
    await createTenant(deps, { name: tenant, ...signed });
  }
  const isOperator = tenant === operationsTenant;
  const { secret } = await createKey(deps, {
    tenant,
    role: isOperator ? operatorRole : merchantRole,
    scopes: isOperator ? operatorGrants : merchantGrants,
    expires: null,
    ...signed,
  });
  return secret;
}

/** @throws Error when the deployed stacks do not name them */
export function keyTablesOf(outputs: Readonly<Record<string, string | undefined>>): KeyTables {
  const { AccessTableName: access, OperatorLogTableName: operatorLog } = outputs;
  if (!access || !operatorLog) {
    throw new Error('the deployed stacks do not say where keys and the operator log are');
  }
  return { access, operatorLog };
}
