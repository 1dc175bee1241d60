import type { StageName } from '../../infra/stages.ts';
import { noLocalStack } from '../program/exit.ts';
import { assertAwsTarget } from '../target.ts';

/** A part of a stage that is a stack of its own. The local stage has all of them. */
type Part = 'data' | 'pipeline' | 'readers' | 'clock' | 'simulator';

/** What a function of the data's own stack finds in its environment, by the stack's output. */
const variables = {
  PAYMENTS_TABLE: 'PaymentsTableName',
  LEDGER_TABLE: 'LedgerTableName',
  BOOKS_TABLE: 'BooksTableName',
  SETTLEMENTS_TABLE: 'SettlementsTableName',
  SETTLEMENTS_BUCKET: 'SettlementsBucketName',
  OPERATOR_LOG_TABLE: 'OperatorLogTableName',
  ACCESS_TABLE: 'AccessTableName',
  PAYMENT_LIST_TABLE: 'PaymentListTableName',
  PROJECTIONS_TABLE: 'ProjectionsTableName',
  CUSTOMERS_TABLE: 'CustomersTableName',
  WEBHOOKS_TABLE: 'WebhooksTableName',
};

/** A command of a person's may wait longer for AWS than a function. */
const awsCallTimeoutMs = 10_000;

/**
 * Makes this process's environment that of a function of a deployed stage, so that what runs there
 * can run here. To be called before anything of `functions` or `shared/adapters` is imported.
 *
 * @param parts whose outputs are wanted; one that is not deployed has none
 * @returns the outputs of these parts' stacks
 * @throws {NothingAnswers} when it is the local stage and none is up
 * @throws {Error} when the stage is not deployed, or the environment names an endpoint
 */
export async function takeEnvironmentOf(
  stage: StageName,
  parts: readonly Part[] = ['data'],
): Promise<Outputs> {
  const outputs = stage === 'local' ? await localOutputs() : await awsOutputs(stage, parts);
  for (const [variable, output] of Object.entries(variables)) {
    const value = outputs[output];
    if (!value) {
      throw new Error(`the stage ${stage} has no output ${output}: deploy it first`);
    }
    process.env[variable] = value;
  }
  Object.assign(process.env, {
    AWS_CALL_TIMEOUT_MS: String(awsCallTimeoutMs),
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_TRACE_ENABLED: 'false',
  });
  return outputs;
}

export type Outputs = Readonly<Record<string, string | undefined>>;

async function localOutputs(): Promise<Outputs> {
  const { status } = await import('../stack.ts');
  const record = await status();
  if (!record) {
    throw noLocalStack();
  }
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: record.endpoint,
    AWS_REGION: record.region,
    // An emulator takes any.
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return Object.assign({}, ...Object.values(record.outputs));
}

async function awsOutputs(stage: StageName, parts: readonly Part[]): Promise<Outputs> {
  assertAwsTarget(process.env);
  const [{ CloudFormationClient }, { stackOutputs }] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('../../shared/adapters/aws/stack-outputs.ts'),
  ]);
  const client = new CloudFormationClient({});
  const all = await Promise.all(
    parts.map((part) => stackOutputs(client, `paysaga-${stage}-${part}`)),
  );
  return Object.assign({}, ...all);
}
