import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { dynamoAudit } from '../../../shared/adapters/dynamo/audit/sources.ts';
import { dynamoOperatorLogChains } from '../../../shared/adapters/dynamo/operator-log.ts';
import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { MachineName } from '../../../shared/domain/saga/sagas.ts';
import { machineNames } from '../../../shared/domain/saga/sagas.ts';
import type { AuditSources } from '../../../shared/ports/audit.ts';
import type { OperatorLogChains } from '../../../shared/ports/operator-log.ts';
import type { StoredAnswer } from '../../../shared/ports/simulator-store.ts';
import type { ChaosStack } from './chaos-stack.ts';

/* Reads of what the stacks keep, past their API. */

export type Item = Record<string, AttributeValue>;

/** Every item of a table, by the name of its output; those of some sort key alone where one is given. */
export async function* scan(
  { aws, output }: ChaosStack,
  table: string,
  sortKey?: string,
): AsyncGenerator<Item> {
  const pages = paginateScan(
    { client: aws.dynamo },
    {
      TableName: output(table),
      ConsistentRead: true,
      ...(sortKey === undefined
        ? {}
        : { FilterExpression: 'sk = :sk', ExpressionAttributeValues: { ':sk': { S: sortKey } } }),
    },
  );
  for await (const page of pages) {
    yield* page.Items ?? [];
  }
}

export function auditSourcesOf({ aws, output }: ChaosStack): AuditSources {
  return dynamoAudit(aws.dynamo, {
    payments: output('PaymentsTableName'),
    ledger: output('LedgerTableName'),
    books: output('BooksTableName'),
  });
}

export function actsOf({ aws, output }: ChaosStack): OperatorLogChains {
  return dynamoOperatorLogChains(aws.dynamo, output('OperatorLogTableName'));
}

/** The notices that the simulator has sent, or will when the same call comes again. */
export async function readNotices(stack: ChaosStack): Promise<ProviderNoticeMessage[]> {
  const notices = new Map<string, ProviderNoticeMessage>();
  for await (const { data } of scan(stack, 'SimulatorTableName', 'ANSWER')) {
    const stored = JSON.parse(data?.S ?? '{}') as Partial<Pick<StoredAnswer, 'notices'>>;
    for (const { notice } of stored.notices ?? []) {
      notices.set(notice.id, notice);
    }
  }
  return [...notices.values()];
}

/** A queue that something works off, by its name as its stack made it. */
export interface NamedQueue {
  readonly name: string;
  readonly url: string;
}

/** Every queue of the stacks but those of dead letters, which the stacks name in their outputs. */
export async function workQueuesOf({ aws, outputs }: ChaosStack): Promise<NamedQueue[]> {
  const nameOf = (url: string) => url.split('/').at(-1) ?? '';
  const deadLetters = new Set(
    Object.entries(outputs)
      .filter(([output]) => /(DeadLetters|Undelivered)Url$/.test(output))
      .map(([, url]) => nameOf(url)),
  );
  const { QueueUrls = [] } = await aws.queues.send(new ListQueuesCommand({ MaxResults: 1_000 }));
  return QueueUrls.map((url) => ({ url, name: nameOf(url) })).filter(
    ({ name }) => name.startsWith('paysaga-') && !deadLetters.has(name),
  );
}

/** @param construct `PaymentsProjectList`, of a consumer @throws Error when it has no queue */
export async function queueUrlOf(stack: ChaosStack, construct: string): Promise<string> {
  const queues = await workQueuesOf(stack);
  const found = queues.find(({ name }) => name.includes(construct));
  if (!found) {
    throw new Error(`there is no queue of ${construct}`);
  }
  return found.url;
}

/** How many messages a queue has: those that can be taken, are being worked on, or wait. */
export async function depthOf({ aws }: ChaosStack, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await aws.queues.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** The state machine of a saga or an inquiry, by the outputs of the pipeline. */
export function machineArn({ output }: ChaosStack, name: MachineName): string {
  const id = name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return output(`${id}${name.startsWith('resolve') ? 'Inquiry' : 'Saga'}Arn`);
}

/** How many executions of each machine run. */
export async function runningExecutions(stack: ChaosStack): Promise<ReadonlyMap<string, number>> {
  const running = new Map<string, number>();
  for (const name of machineNames) {
    const { executions = [] } = await stack.aws.machines.send(
      new ListExecutionsCommand({
        stateMachineArn: machineArn(stack, name),
        statusFilter: 'RUNNING',
        maxResults: 1_000,
      }),
    );
    running.set(name, executions.length);
  }
  return running;
}
