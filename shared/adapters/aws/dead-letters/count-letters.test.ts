import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { sqsCountLetters } from './count-letters.ts';

/** A queue of which SQS says this. */
function saying(attributes: Readonly<Record<string, string>> | undefined) {
  const asked: unknown[] = [];
  const send = async (command: unknown) => {
    asked.push(command instanceof GetQueueAttributesCommand ? command.input.QueueUrl : command);
    return { Attributes: attributes };
  };
  return { asked, count: sqsCountLetters({ send } as Parameters<typeof sqsCountLetters>[0]) };
}

describe('the letters of a queue', () => {
  it('are those in sight and those that somebody has taken', async () => {
    const { asked, count } = saying({
      ApproximateNumberOfMessages: '3',
      ApproximateNumberOfMessagesNotVisible: '2',
    });
    expect(await count({ queue_url: 'https://sqs/a' })).toBe(5);
    expect(asked).toEqual(['https://sqs/a']);
  });

  it('are none where SQS says nothing', async () => {
    expect(await saying(undefined).count({ queue_url: 'https://sqs/a' })).toBe(0);
  });
});
