import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CountLetters } from '../../../ports/dead-letters.ts';

/** A letter in sight, and one that somebody has taken to read or redrive it. */
const counted = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
] as const satisfies readonly string[];

/** Counts letters by what SQS says of their queue: a moment late. Needs `GetQueueAttributes`. */
export function sqsCountLetters(client: Pick<SQSClient, 'send'>): CountLetters {
  return async ({ queue_url: QueueUrl }) => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counted] }),
    );
    return counted.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  };
}
