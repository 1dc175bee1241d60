import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { vi } from 'vitest';
import { type Answer, answer } from '../../../local/commands/dlq/command.ts';
import { dlq as dlqGroup } from '../../../local/commands/dlq/group.ts';
import { requestOf } from '../../../local/program/program.ts';
import { edgesOf } from '../../../shared/adapters/aws/dead-letters/edges.ts';
import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import { awsClientConfig, outputOf, stack } from './stack.ts';

const parseDlq = (args: readonly string[], user: string) =>
  requestOf(dlqGroup, args, { user, nowMs: 0 });

/** An edge of the deployed stacks. @throws Error when there is none of that name */
export function deployedEdge<Kind extends DeadLetterEdge['kind']>(
  name: string,
  kind: Kind,
): Extract<DeadLetterEdge, { kind: Kind }> {
  const edge = edgesOf(stack.outputs).find((one) => one.name === name && one.kind === kind);
  if (!edge) {
    throw new Error(`the deployed stacks have no edge ${name} of the kind ${kind}`);
  }
  return edge as Extract<DeadLetterEdge, { kind: Kind }>;
}

/** Does what `npm run dlq -- <args>` does, against the deployed stacks. */
export async function dlq(...args: readonly string[]): Promise<Answer & { readonly text: string }> {
  const environment = {
    AWS_ENDPOINT_URL: stack.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CALL_TIMEOUT_MS: '10000',
    PAYMENTS_TABLE: outputOf('PaymentsTableName'),
    LEDGER_TABLE: outputOf('LedgerTableName'),
    OPERATOR_LOG_TABLE: outputOf('OperatorLogTableName'),
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
  const { deadLettersOf } = await import('../../../local/commands/dlq/wiring.ts');
  const { edges, ...deps } = deadLettersOf(stack.outputs);
  const answered = await answer(deps, edges, parseDlq(args, 'me'));
  return { ...answered, text: answered.lines.join('\n') };
}

/** Puts a message among the dead letters of an edge, as the edge itself would. */
export async function giveUp({ queue_url }: DeadLetterEdge, body: string): Promise<string> {
  const client = new SQSClient(awsClientConfig);
  const message = new SendMessageCommand({ QueueUrl: queue_url, MessageBody: body });
  const { MessageId = '' } = await client.send(message);
  client.destroy();
  return MessageId;
}

/** Where some records of a stream are: their shard, and their places in it. */
export async function placesOf(
  streamArn: string,
  isWanted: (image: string) => boolean,
): Promise<{ readonly shardId: string; readonly sequences: readonly string[] }> {
  const client = new DynamoDBStreamsClient(awsClientConfig);
  const { StreamDescription } = await client.send(
    new DescribeStreamCommand({ StreamArn: streamArn }),
  );
  for (const { ShardId: shardId = '' } of StreamDescription?.Shards ?? []) {
    const sequences: string[] = [];
    let { ShardIterator: iterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId: shardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    for (let empty = 0; iterator && empty < 3; ) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      for (const { dynamodb } of page.Records ?? []) {
        if (isWanted(JSON.stringify(dynamodb?.NewImage))) {
          sequences.push(dynamodb?.SequenceNumber ?? '');
        }
      }
      empty = page.Records?.length ? 0 : empty + 1;
      iterator = page.NextShardIterator;
    }
    if (sequences.length > 0) {
      client.destroy();
      return { shardId, sequences };
    }
  }
  throw new Error('the stream has no such record');
}
