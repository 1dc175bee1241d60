import { Duration, Lazy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../alarms/alarm-topic.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** How often a message is tried before the queue itself gives it up. */
export const maxReceives = 5;
/** Lambda's advice: a message stays hidden through the function's own retries and throttling. */
const visibilityPerTimeout = 6;

export interface WorkQueueProps {
  readonly alarms: AlarmTopic;
  /** Of the function that takes its messages; absent while none does. */
  readonly timeoutMs: number | undefined;
  /** What a message in its dead letters means, for whom the alarm wakes. */
  readonly says: string;
  /** What ends in them, for who sends it back into the queue. */
  readonly edge: {
    readonly kind: 'consumer' | 'queue';
    readonly name: string;
    /** The deployed name of the function that takes its messages; null while none does. */
    readonly function: string | null;
  };
}

/** A queue that a function works off, with its dead letters, in which a message ends for good. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  /** What the function could not apply. */
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { alarms, timeoutMs, says, edge }: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      alarms,
      says,
      // The queue is made after its dead letters.
      edge: { ...edge, source_url: Lazy.string({ produce: () => this.queue.queueUrl }) },
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      ...(timeoutMs === undefined
        ? {}
        : { visibilityTimeout: Duration.millis(timeoutMs * visibilityPerTimeout) }),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
  }
}
