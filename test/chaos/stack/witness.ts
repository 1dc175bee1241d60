import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { paymentEventSource, payoutEventSource } from '../../../shared/contracts/events/sources.ts';
import type { ChaosStack } from './chaos-stack.ts';

/** A queue beside the consumers', which gets every event that is on the bus. */
export interface Witness {
  readonly queueUrl: string;
  /** How often each event came, by its id. */
  readonly seen: ReadonlyMap<string, number>;
  /** Every message as it came. */
  readonly bodies: readonly string[];
  /** Takes what is still in the queue, and looks no further. */
  readonly finish: () => Promise<void>;
}

export async function watchBus({ aws, output }: ChaosStack): Promise<Witness> {
  const { QueueUrl: queueUrl = '' } = await aws.queues.send(
    new CreateQueueCommand({ QueueName: 'chaos-witness' }),
  );
  const { Attributes } = await aws.queues.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  const rule = { EventBusName: output('BusName'), Name: 'chaos-witness' };
  const EventPattern = JSON.stringify({ source: [paymentEventSource, payoutEventSource] });
  await aws.bus.send(new PutRuleCommand({ ...rule, EventPattern }));
  await aws.bus.send(
    new PutTargetsCommand({
      EventBusName: rule.EventBusName,
      Rule: rule.Name,
      Targets: [{ Id: 'queue', Arn: Attributes?.QueueArn }],
    }),
  );
  const seen = new Map<string, number>();
  const bodies: string[] = [];
  const take = async (WaitTimeSeconds: number): Promise<number> => {
    const { Messages = [] } = await aws.queues.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
    );
    for (const { Body = '{}' } of Messages) {
      bodies.push(Body);
      const { id } = (JSON.parse(Body) as { detail?: { id?: string } }).detail ?? {};
      if (id !== undefined) {
        seen.set(id, (seen.get(id) ?? 0) + 1);
      }
    }
    if (Messages.length > 0) {
      await aws.queues.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: Messages.map(({ ReceiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle,
          })),
        }),
      );
    }
    return Messages.length;
  };
  let watches = true;
  const watching = (async () => {
    while (watches) {
      await take(5);
    }
  })();
  return {
    queueUrl,
    seen,
    bodies,
    finish: async () => {
      watches = false;
      await watching;
      while ((await take(0)) > 0) {
        // Until there is none.
      }
    },
  };
}
