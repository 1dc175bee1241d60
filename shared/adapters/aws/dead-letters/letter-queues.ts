import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterEdge } from '../../../contracts/dead-letters/edge.ts';
import type { LetterQueues, TakenLetter } from '../../../ports/dead-letters.ts';
import { deadLetterMessage } from '../dead-letter.ts';

/** Long enough to read a queue, and for one step of a redrive; whoever needs longer keeps it. */
const takenForS = 120;

/** As many as SQS gives, or is told of, in one call. */
const atOnce = 10;

/** What SQS says of a letter that is not held any more. Source: SQS API, ChangeMessageVisibility. */
const notHeld = new Set(['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue']);

/** The queues of dead letters on SQS. */
export function sqsLetterQueues(client: SQSClient): LetterQueues {
  const hide = async ({ queue_url }: DeadLetterEdge, { receipt }: TakenLetter, seconds: number) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queue_url,
        ReceiptHandle: receipt,
        VisibilityTimeout: seconds,
      }),
    );
  };
  return {
    take: async ({ queue_url }, limit) => {
      const takenByOthers = await hiddenIn(client, queue_url);
      const letters = new Map<string, TakenLetter>();
      // A queue is spread over many machines: the wait asks all of them, so that none is left out.
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: queue_url,
            MaxNumberOfMessages: Math.min(atOnce, limit + 1 - letters.size),
            VisibilityTimeout: takenForS,
            WaitTimeSeconds: 1,
            MessageAttributeNames: ['All'],
            MessageSystemAttributeNames: ['SentTimestamp'],
          }),
        );
        for (const letter of Messages.map(letterOf)) {
          letters.set(letter.id, letter);
        }
        if (Messages.length === 0 || letters.size > limit) {
          break;
        }
      }
      const sorted = [...letters.values()].sort((a, b) => (a.sent < b.sent ? -1 : 1));
      await giveBack(client, queue_url, sorted.slice(limit));
      return { letters: sorted.slice(0, limit), more: sorted.length > limit, takenByOthers };
    },
    giveBack: ({ queue_url }, letters) => giveBack(client, queue_url, letters),
    keep: async (edge, letter) => {
      try {
        await hide(edge, letter, takenForS);
        return true;
      } catch (error) {
        if (error instanceof Error && notHeld.has(error.name)) {
          return false;
        }
        throw error;
      }
    },
    sendBack: async ({ source_url }, body) => {
      await client.send(new SendMessageCommand({ QueueUrl: source_url, MessageBody: body }));
    },
    put: async ({ queue_url }, letter) => {
      const message = deadLetterMessage(queue_url, { ...letter, receives: 1 });
      const { MessageId = '' } = await client.send(new SendMessageCommand(message));
      return MessageId;
    },
    remove: async ({ queue_url }, { receipt }) => {
      await client.send(new DeleteMessageCommand({ QueueUrl: queue_url, ReceiptHandle: receipt }));
    },
  };
}

async function hiddenIn(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
}

/** Those that are not held any more are in sight anyway, so nothing is made of a refusal. */
async function giveBack(
  client: SQSClient,
  queueUrl: string,
  letters: readonly TakenLetter[],
): Promise<void> {
  for (let from = 0; from < letters.length; from += atOnce) {
    const some = letters.slice(from, from + atOnce);
    await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: some.map(({ receipt }, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout: 0,
        })),
      }),
    );
  }
}

function letterOf({
  MessageId = '',
  Body = '',
  ReceiptHandle = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): TakenLetter {
  return {
    id: MessageId,
    sent: new Date(Number(Attributes.SentTimestamp)).toISOString(),
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
    ),
    receipt: ReceiptHandle,
  };
}
