import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { operationsTenant } from '../shared/domain/settlement/break.ts';
import { issueKey, keyTablesOf } from './commands/keys/issue.ts';
import type { SeedTenants } from './stack.ts';
import type { Tenant } from './supervision/record.ts';
import { connectSimulator } from './webhooks.ts';

/**
 * The demo tenants of the local stage, and who operates it: `operations` sees the reconciliation of
 * all. Their keys are made anew each time.
 */
const demoTenants: readonly Omit<Tenant, 'apiKey'>[] = [
  { id: 'acme' },
  { id: 'globex' },
  { id: operationsTenant },
  // Four eyes are two people: whoever looks a tenant up by its id has the first.
  { id: operationsTenant, name: 'approver' },
];

/**
 * Makes a key for each demo tenant, and has the simulator send its notices to the API.
 *
 * @throws Error when the deployed stacks do not name the tables
 */
export const seedTenants: SeedTenants = async (context) => {
  const { endpoint, region, outputs } = context;
  const tables = keyTablesOf(Object.assign({}, ...Object.values(outputs)));
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await connectSimulator(context);
  const tenants: Tenant[] = [];
  for (const tenant of demoTenants) {
    tenants.push({ ...tenant, apiKey: await issueKey(client, tables, tenant.id) });
  }
  return tenants;
};
