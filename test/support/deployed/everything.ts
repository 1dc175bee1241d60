import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { historiesOf } from './histories.ts';
import { linesOf, logGroups } from './log-groups.ts';
import { awsClientConfig, stack } from './stack.ts';

/** Something that the deployed stacks keep, or have told. */
export interface Kept {
  readonly kind: 'item' | 'message' | 'execution' | 'log line';
  /** The table, the queue, the log group. */
  readonly place: string;
  readonly text: string;
}

/**
 * All that the deployed stacks keep: the items of every table, the messages of every queue, those of
 * dead letters among them, the inputs and histories of every execution, the lines of every log.
 */
export async function* everything(): AsyncGenerator<Kept> {
  yield* items();
  yield* messages();
  yield* executions();
  for (const place of await logGroups(stack.endpoint)) {
    for (const text of await linesOf(stack.endpoint, place)) {
      yield { kind: 'log line', place, text };
    }
  }
}

function outputsLike(pattern: RegExp): string[] {
  return Object.entries(stack.outputs).flatMap(([name, value]) =>
    pattern.test(name) ? [value] : [],
  );
}

async function* items(): AsyncGenerator<Kept> {
  const client = new DynamoDBClient(awsClientConfig);
  for (const place of outputsLike(/TableName$/)) {
    const pages = paginateScan({ client }, { TableName: place, ConsistentRead: true });
    for await (const { Items = [] } of pages) {
      for (const item of Items) {
        yield { kind: 'item', place, text: JSON.stringify(item) };
      }
    }
  }
  client.destroy();
}

/** LocalStack shows the messages of a queue without receiving them. */
async function* messages(): AsyncGenerator<Kept> {
  const client = new SQSClient(awsClientConfig);
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ MaxResults: 1_000 }));
  client.destroy();
  for (const place of QueueUrls) {
    const query = new URLSearchParams({
      QueueUrl: place,
      ShowInvisible: 'true',
      ShowDelayed: 'true',
    });
    const text = await (await fetch(`${stack.endpoint}/_aws/sqs/messages?${query}`)).text();
    for (const message of text.split('<Message>').slice(1)) {
      yield { kind: 'message', place, text: message };
    }
  }
}

async function* executions(): AsyncGenerator<Kept> {
  const client = new SFNClient(awsClientConfig);
  for (const place of outputsLike(/(?:Saga|Inquiry)Arn$/)) {
    for await (const text of historiesOf(client, [place])) {
      yield { kind: 'execution', place, text };
    }
  }
  client.destroy();
}
