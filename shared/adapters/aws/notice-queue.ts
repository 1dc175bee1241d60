import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { NoticeOptions } from '../../ports/webhooks/notices.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/** Notices on SQS: the body is the notice as JSON. A `SendNotice`, and a `QueueNotice`. */
export function sqsNotices(
  queueUrl: string,
): (notice: unknown, options?: NoticeOptions) => Promise<void> {
  const client = traced(new SQSClient(clientOptions()));
  return async (notice, { delaySeconds = 0 } = {}) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(notice),
        DelaySeconds: delaySeconds,
      }),
    );
  };
}
