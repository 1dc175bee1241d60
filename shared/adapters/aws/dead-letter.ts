import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from '../../ports/messaging.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/**
 * Dead letters on SQS: the message as it was, so that it can be moved back, with `error_name`,
 * `reason` and `receives` as attributes beside it.
 */
export function sqsDeadLetter(queueUrl: string): DeadLetter {
  const client = traced(new SQSClient(clientOptions()));
  return async ({ body, errorName, reason, receives }) => {
    const text = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 1_000) });
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: {
          error_name: text(errorName),
          reason: text(reason || 'no reason given'),
          receives: text(String(receives)),
        },
      }),
    );
  };
}
