import { Duration } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { paymentEventSource } from '../../shared/contracts/payment-events.ts';
import type { FunctionSpec, Trigger } from '../../shared/runtime/function-spec.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { HouseFunction } from './house-function.ts';
import { allow } from './permissions.ts';
import type { Surroundings } from './surroundings.ts';

/** How often a message is tried before the queue itself gives it up. */
const maxReceives = 5;
/** Lambda's advice: a message stays hidden through the function's own retries and throttling. */
const visibilityPerTimeout = 6;

export interface EventConsumerProps {
  readonly spec: FunctionSpec;
  readonly trigger: Extract<Trigger, { kind: 'consumer' }>;
  readonly surroundings: Surroundings;
  readonly bus: EventBus;
  readonly alarms: AlarmTopic;
  /** Invocations at once. */
  readonly maxConcurrency?: number;
}

/**
 * Everything a consumer of bus events needs, so that none can forget a part: rule, queue, function
 * with partial batch failure, and a dead-letter queue with its alarm at both edges. The function may
 * also give a message up itself, with a reason: `DLQ_URL`.
 */
export class EventConsumer extends Construct {
  readonly function: HouseFunction;
  /** What the function could not apply. */
  readonly deadLetters: DeadLetterQueue;
  /** What the bus could not put into the queue. */
  readonly undelivered: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: EventConsumerProps) {
    super(scope, id);
    const { spec, trigger, surroundings, bus, alarms } = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      alarms,
      says: `${spec.name} gave an event up: see the message's reason, then redrive it.`,
    });
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', {
      alarms,
      says: `EventBridge could not deliver an event to the queue of ${spec.name}.`,
    });
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.millis(spec.timeoutMs * visibilityPerTimeout),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `Payment events for ${spec.name}`,
      eventPattern: { source: [paymentEventSource], detailType: [...trigger.events] },
      targets: [
        // EventBridge tries for 24 hours before it gives up.
        new SqsQueue(queue, { deadLetterQueue: this.undelivered }),
      ],
    });
    this.function = new HouseFunction(this, 'Function', {
      spec,
      surroundings,
      permissions: [
        allow(
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          queue.queueArn,
        ),
        allow(['sqs:SendMessage'], this.deadLetters.queueArn),
      ],
      environment: {
        QUEUE_URL: queue.queueUrl,
        DLQ_URL: this.deadLetters.queueUrl,
        MAX_RECEIVES: String(maxReceives),
      },
    });
    new EventSourceMapping(this, 'Mapping', {
      target: this.function.lambda,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: props.maxConcurrency ?? 10,
    });
  }
}
