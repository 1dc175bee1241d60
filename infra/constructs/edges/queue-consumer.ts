import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../../shared/runtime/function-spec.ts';
import { HouseFunction } from '../house-function.ts';
import { allow } from '../permissions.ts';
import type { Surroundings } from '../surroundings.ts';
import { maxReceives, type WorkQueue } from './work-queue.ts';

export interface QueueConsumerProps {
  readonly spec: FunctionSpec;
  readonly surroundings: Surroundings;
  /** What it works off; made for this function, by its timeout. */
  readonly from: WorkQueue;
  /** Invocations at once. */
  readonly maxConcurrency?: number;
}

/**
 * A function that works a queue off, with partial batch failure. It may also give a message up
 * itself, with a reason: `DLQ_URL`.
 */
export class QueueConsumer extends Construct {
  readonly function: HouseFunction;

  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    const { queue, deadLetters } = props.from;
    this.function = new HouseFunction(this, 'Function', {
      spec: props.spec,
      surroundings: props.surroundings,
      permissions: [
        allow(
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          queue.queueArn,
        ),
        allow(['sqs:SendMessage'], deadLetters.queueArn),
      ],
      environment: {
        QUEUE_URL: queue.queueUrl,
        DLQ_URL: deadLetters.queueUrl,
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
