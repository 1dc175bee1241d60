import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SendDelivery } from '../../ports/webhooks/webhooks.ts';
import { traced } from '../../runtime/observability.ts';
import { setting } from '../environment.ts';
import { clientOptions } from './client-options.ts';

/** The stage's queue of tries to deliver webhooks: the body is the message as JSON. */
export function sqsWebhookDeliveries(): SendDelivery {
  const queueUrl = setting('WEBHOOK_DELIVERIES_QUEUE_URL');
  const client = traced(new SQSClient(clientOptions()));
  return async (message, { delaySeconds }) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(message),
        DelaySeconds: delaySeconds,
      }),
    );
  };
}
