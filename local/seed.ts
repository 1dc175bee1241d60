import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { operationsTenant } from '../shared/domain/settlement/break.ts';
import { createApiKey } from './commands/keys.ts';
import type { SeedTenants } from './stack.ts';
import type { Tenant } from './supervision/record.ts';

/**
 * The demo tenants of the local stage, and who operates it: `operations` sees the reconciliation of
 * all. Their keys are made anew each time.
 */
const demoTenants = ['acme', 'globex', operationsTenant];

/**
 * Makes a key for each demo tenant.
 *
 * @throws Error when the deployed stacks do not name the access table
 */
export const seedTenants: SeedTenants = async ({ endpoint, region, outputs }) => {
  const table = Object.values(outputs).find(
    ({ AccessTableName }) => AccessTableName,
  )?.AccessTableName;
  if (!table) {
    throw new Error('the deployed stacks have no output AccessTableName');
  }
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tenants: Tenant[] = [];
  for (const id of demoTenants) {
    tenants.push({ id, apiKey: await createApiKey(client, { table, tenant: id, stage: 'local' }) });
  }
  return tenants;
};
