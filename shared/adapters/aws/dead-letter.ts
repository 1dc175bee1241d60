import { SendMessageCommand, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from '../../ports/messaging.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/** Dead letters on SQS. */
export function sqsDeadLetter(queueUrl: string): DeadLetter {
  const client = traced(new SQSClient(clientOptions()));
  return async (letter) => {
    await client.send(new SendMessageCommand(deadLetterMessage(queueUrl, letter)));
  };
}

/**
 * A dead letter as a message: the body as it was, so that it can be moved back, with `error_name`,
 * `reason` and `receives` as attributes beside it.
 */
export function deadLetterMessage(
  queueUrl: string,
  { body, errorName, reason, receives }: Parameters<DeadLetter>[0],
): SendMessageCommandInput {
  const text = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 1_000) });
  return {
    QueueUrl: queueUrl,
    MessageBody: body,
    MessageAttributes: {
      error_name: text(errorName),
      reason: text(reason || 'no reason given'),
      receives: text(String(receives)),
    },
  };
}
