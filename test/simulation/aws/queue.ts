import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Core } from '../kernel/process.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Lambda } from './lambda.ts';

/** A message that a queue has. */
interface Message {
  readonly id: string;
  readonly body: string;
  receives: number;
  /** In whose hands it is: null when it can be received. */
  hidden: string | null;
}

/** A queue with the function that works it off. */
export interface Queue {
  readonly name: string;
  /** @param id of its own; the same message twice has the same body, not the same id */
  readonly send: (id: string, body: string) => void;
  /** Those that are neither done nor given up. */
  readonly messages: () => readonly Pick<Message, 'id' | 'body' | 'receives'>[];
}

export interface QueueProps {
  readonly function: string;
  readonly visibilityMs: number;
  /** More receives than this, and the queue itself gives a message up. */
  readonly maxReceives: number;
  readonly deadLetters: DeadLetters;
}

const batchSize = 10;

/**
 * A standard SQS queue and Lambda's poller on it: messages in any order, at least once; what a batch
 * fails with, wholly or in part, is received again after its visibility timeout; what was received
 * too often goes to the dead letters.
 */
export function queue(core: Core, functions: Lambda, props: QueueProps): Queue {
  const { kernel, dice, faults, timeline } = core;
  const name = `queue of ${props.function}`;
  const messages = new Map<string, Message>();
  let polls = 0;
  let isPolling = false;

  const pollSoon = () => {
    if (!isPolling) {
      isPolling = true;
      const key = `poll ${++polls} of ${name}`;
      kernel.after(dice.int(key, 1, 60), key, () => {
        isPolling = false;
        poll();
      });
    }
  };

  const poll = () => {
    const received: Message[] = [];
    const free = [...messages.values()].filter(({ hidden }) => hidden === null);
    const shuffled = free
      .map((message) => ({ message, at: dice.unit(`order of ${message.id} ${message.receives}`) }))
      .sort((a, b) => a.at - b.at);
    for (const { message } of shuffled.slice(0, batchSize)) {
      message.receives += 1;
      if (message.receives > props.maxReceives) {
        messages.delete(message.id);
        timeline.say(name, `gives ${message.id} up after ${props.maxReceives} receives`);
        props.deadLetters.take({
          kind: 'message',
          body: message.body,
          errorName: null,
          reason: null,
          receives: message.receives - 1,
        });
        continue;
      }
      received.push(message);
    }
    if (received.length > 0) {
      deliver(received);
    }
    if (shuffled.length > batchSize) {
      pollSoon();
    }
  };

  const deliver = (batch: readonly Message[]) => {
    const [first] = batch as readonly [Message];
    const of = `${props.function} ${first.id} ~${first.receives}`;
    for (const message of batch) {
      message.hidden = of;
      const key = `visible ${message.id} ${message.receives}`;
      const again = faults.strike({ key, function: props.function }, ['queue_twice']) !== null;
      // Early: while its first delivery is still under way, or just after it was done.
      const visibleMs = again ? dice.int(`again ${key}`, 0, 4_000) : props.visibilityMs;
      kernel.after(visibleMs, key, () => {
        if (again) {
          messages.set(message.id, message);
        }
        const isBack = message.hidden === of && messages.has(message.id);
        if (isBack) {
          message.hidden = null;
          pollSoon();
        }
        return isBack;
      });
    }
    const event: SQSEvent = { Records: batch.map(recordOf) };
    functions.invoke({ function: props.function, name: of, event }, (answer) => {
      const failed = new Set(
        answer.kind === 'failed'
          ? batch.map(({ id }) => id)
          : (answer.value as SQSBatchResponse).batchItemFailures.map((f) => f.itemIdentifier),
      );
      for (const message of batch) {
        if (!failed.has(message.id) && messages.get(message.id) === message) {
          messages.delete(message.id);
        }
      }
    });
  };

  return {
    name,
    send: (id, body) => {
      messages.set(id, { id, body, receives: 0, hidden: null });
      const key = `arrival of ${id} in ${name}`;
      const isLate = faults.strike({ key, function: props.function }, ['queue_late']) !== null;
      if (isLate) {
        const message = messages.get(id) as Message;
        message.hidden = 'its delay';
        kernel.after(dice.int(`delay ${key}`, 500, 90_000), key, () => {
          message.hidden = null;
          pollSoon();
        });
      } else {
        pollSoon();
      }
    },
    messages: () => [...messages.values()],
  };
}

function recordOf({ id, body, receives }: Message): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
    awsRegion: 'us-east-1',
  };
}
