import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import { startAndDeploy } from '../../../local/deploy.ts';
import { apiUrl } from '../../../local/stack.ts';
import { LOCAL_REGION } from '../../../local/target.ts';
import { connectSimulator } from '../../../local/webhooks.ts';
import { chaosTenants } from '../plan/plan.ts';

/** What a function answered. */
export interface Invoked {
  /** False when it failed, or its process ended. */
  readonly succeeded: boolean;
  readonly payload: unknown;
}

/** A LocalStack of this run's own with every stack deployed to it. */
export interface ChaosStack {
  readonly endpoint: string;
  readonly apiUrl: string;
  readonly simulatorUrl: string;
  readonly stateDir: string;
  /** By tenant. */
  readonly apiKeys: ReadonlyMap<string, string>;
  readonly aws: {
    readonly dynamo: DynamoDBClient;
    readonly streams: DynamoDBStreamsClient;
    readonly bus: EventBridgeClient;
    readonly queues: SQSClient;
    readonly machines: SFNClient;
  };
  /** What the stacks say of themselves, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** @throws Error when no stack has the output */
  readonly output: (name: string) => string;
  /** Calls a function by the name of its spec, and waits for its answer. */
  readonly invoke: (functionName: string, event: unknown) => Promise<Invoked>;
  /** Ends LocalStack. @param keep leaves its folder */
  readonly stop: (keep: boolean) => Promise<void>;
}

/** Starts it on a free port of the loopback, with a folder of its own, and makes keys for the tenants. */
export async function startChaosStack(): Promise<ChaosStack> {
  const stateDir = mkdtempSync(join(tmpdir(), 'paysaga-chaos-'));
  const remove = () => rmSync(stateDir, { recursive: true, force: true });
  const deployed = startAndDeploy({ stateDir });
  // What it failed with has the end of its log.
  deployed.catch(remove);
  const { endpoint, outputs: byStack, stop } = await deployed;
  const outputs: Record<string, string> = Object.assign({}, ...Object.values(byStack));
  const output = (name: string): string => {
    const value = outputs[name];
    if (!value) {
      throw new Error(`the deployed stacks have no output ${name}`);
    }
    return value;
  };
  takeEnvironment(endpoint, output);
  const config = {
    endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const aws = {
    dynamo: new DynamoDBClient(config),
    streams: new DynamoDBStreamsClient(config),
    bus: new EventBridgeClient(config),
    queues: new SQSClient(config),
    machines: new SFNClient(config),
  };
  // A second try could come while the first is still at work.
  const lambda = new LambdaClient({ ...config, maxAttempts: 1 });
  const apiKeys = new Map<string, string>();
  const tables = keyTablesOf(outputs);
  for (const tenant of chaosTenants) {
    apiKeys.set(tenant, await issueKey(aws.dynamo, tables, tenant));
  }
  const urls = {
    apiUrl: apiUrl(byStack, 'ApiUrl', endpoint),
    simulatorUrl: apiUrl(byStack, 'SimulatorUrl', endpoint),
  };
  await connectSimulator({ endpoint, region: LOCAL_REGION, ...urls });
  return {
    endpoint,
    ...urls,
    stateDir,
    apiKeys,
    aws,
    outputs,
    output,
    invoke: async (functionName, event) => {
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({
          FunctionName: `paysaga-local-${functionName}`,
          Payload: JSON.stringify(event),
        }),
      );
      const text = Payload?.transformToString() ?? '';
      return { succeeded: FunctionError === undefined, payload: text ? JSON.parse(text) : null };
    },
    stop: async (keep) => {
      await stop();
      if (!keep) {
        remove();
      }
    },
  };
}

/** What runs in this process, the audit and the reading of dead letters, finds what a function does. */
function takeEnvironment(endpoint: string, output: ChaosStack['output']): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CALL_TIMEOUT_MS: '20000',
    PAYMENTS_TABLE: output('PaymentsTableName'),
    LEDGER_TABLE: output('LedgerTableName'),
    OPERATOR_LOG_TABLE: output('OperatorLogTableName'),
  });
}
