import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { issueKey, keyTablesOf } from '../../local/commands/keys/issue.ts';
import { apiClient } from '../support/deployed/api.ts';

/** A stack whose functions can be made to count; nobody else may be at work on the payments that are counted. */
export interface CostStack {
  readonly apiUrl: string;
  readonly stateDir: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly dynamo: DynamoDBClient;
  readonly machines: SFNClient;
}

export type Api = ReturnType<typeof apiClient>;

/** A merchant of one run: its books and limits are nobody else's. */
export interface Merchant {
  readonly stack: CostStack;
  readonly tenant: string;
  readonly api: Api;
}

export async function merchantOf(stack: CostStack, tenant: string): Promise<Merchant> {
  const key = await issueKey(stack.dynamo, keyTablesOf(stack.outputs), tenant);
  return { stack, tenant, api: apiClient(stack.apiUrl, key) };
}

/** The short names of tables, by those that they have in the stack. */
export function tableNamesOf({ outputs }: CostStack): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(outputs).flatMap(([output, deployed]) => {
      const [, name] = /^(.+)TableName$/.exec(output) ?? [];
      return name === undefined ? [] : [[deployed, snakeCase(name)] as const];
    }),
  );
}

function snakeCase(name: string): string {
  return name.replaceAll(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
}
