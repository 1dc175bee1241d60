import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sqsLetterQueues } from '../../../shared/adapters/aws/dead-letters/letter-queues.ts';
import { edges } from '../../support/dead-letters/letters.ts';
import { awsClientConfig } from '../../support/deployed/stack.ts';
import { letterQueuesConform } from './letter-queues.suite.ts';

letterQueuesConform('SQS', async () => {
  const client = new SQSClient(awsClientConfig);
  const made = async (what: string) => {
    const QueueName = `test-${randomUUID()}-${what}`;
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName }));
    return QueueUrl;
  };
  const [dead, work] = await Promise.all([made('dead'), made('work')]);
  return {
    queues: sqsLetterQueues(client),
    edge: { ...edges.list, queue_url: dead, source_url: work },
    sent: async () => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: work, WaitTimeSeconds: 1 }),
      );
      return Messages.map(({ Body = '' }) => Body);
    },
    close: async () => {
      for (const QueueUrl of [dead, work]) {
        await client.send(new DeleteQueueCommand({ QueueUrl }));
      }
      client.destroy();
    },
  };
});
