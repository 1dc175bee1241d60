import { randomBytes } from 'node:crypto';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { storeApiKey } from '../../shared/adapters/dynamo/api-keys.ts';
import { operationsTenant } from '../../shared/domain/settlement/break.ts';
import { hashApiKey } from '../../shared/runtime/http/authenticate.ts';
import { UsageError } from '../arguments.ts';
import { assertAwsTarget } from '../target.ts';
import { parseStage } from './deploy-aws.ts';

/**
 * Makes an API key for a tenant and stores its hash. The key itself is returned once and is
 * nowhere else: `paysaga_<stage>_<256 random bits, base64url>`.
 *
 * @throws Error when the tenant's name is not 1 to 32 lower-case letters, digits and dashes
 */
export async function createApiKey(
  client: DynamoDBClient,
  {
    table,
    tenant,
    stage,
  }: { readonly table: string; readonly tenant: string; readonly stage: string },
): Promise<string> {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(tenant)) {
    throw new Error('a tenant has a name of 1 to 32 lower-case letters, digits and dashes');
  }
  const key = `paysaga_${stage}_${randomBytes(32).toString('base64url')}`;
  await storeApiKey(client, table, {
    hash: hashApiKey(key),
    tenant,
    created: new Date().toISOString(),
  });
  return key;
}

/**
 * Whose key it is to be, from `--tenant NAME` or `--operator`. Who operates the stage sees the breaks
 * of every tenant, so no merchant gets that name by a slip.
 *
 * @throws {UsageError} for anything else
 */
export function parseTenant(args: readonly string[]): string {
  const [option, tenant, ...more] = args;
  if (option === '--operator' && args.length === 1) {
    return operationsTenant;
  }
  if (option !== '--tenant' || !tenant || more.length > 0) {
    throw new UsageError('give --tenant NAME or --operator, once');
  }
  if (tenant === operationsTenant) {
    throw new UsageError(`${tenant} is who operates the stage: give --operator`);
  }
  return tenant;
}

/**
 * `keys create --stage dev --tenant acme`, or `--operator`: makes a key in a deployed stage of the caller's account,
 * and prints it, once.
 *
 * @returns the exit code
 * @throws {UsageError} for other arguments
 */
export async function createKeyCommand(args: readonly string[]): Promise<number> {
  if (args[0] !== 'create') {
    throw new UsageError(
      'give: create --stage dev --tenant NAME, or --operator; the keys of the local stage are in .local/stack.json',
    );
  }
  const { stage, rest } = parseStage(args.slice(1));
  const tenant = parseTenant(rest);
  assertAwsTarget(process.env);
  const stackName = `paysaga-${stage}-data`;
  const { Stacks } = await new CloudFormationClient({}).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  const table = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'AccessTableName');
  if (!table?.OutputValue) {
    throw new Error(`the stack ${stackName} has no output AccessTableName: deploy the stage first`);
  }
  console.log(
    await createApiKey(new DynamoDBClient({}), { table: table.OutputValue, tenant, stage }),
  );
  console.error(`This is the key of ${tenant}. It is shown once; only its hash is stored.`);
  return 0;
}
