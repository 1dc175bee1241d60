import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  type DeadLetterEdge,
  edgeOutputSuffix,
} from '../../../shared/contracts/dead-letters/edge.ts';
import { acknowledge } from '../acknowledge.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';
import { deadLettersName } from '../deployed-name.ts';
import { constructId } from '../house-function.ts';

/** An edge without its queue of dead letters. */
type Endless<Edge> = Edge extends DeadLetterEdge ? Omit<Edge, 'queue_url'> : never;

/** Long enough for a weekend's letter to have been seen by who is woken, and far from being lost. */
const unseenFor = Duration.days(2);

export interface DeadLetterQueueProps {
  readonly alarms: AlarmTopic;
  /** What a message here means, for whom the alarm wakes. */
  readonly says: string;
  /** What ends here, for who redrives it. */
  readonly edge: Endless<DeadLetterEdge>;
}

/**
 * Where what failed for good waits for a person: kept as long as SQS can, with an alarm at once, and
 * in the catalogue of edges, which is in the stacks' outputs.
 */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { alarms, says, edge }: DeadLetterQueueProps) {
    super(scope, id, {
      queueName: deadLettersName(alarms.stage, edge.name),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // A letter is a payment that waits: it outlives its stack where what is on record does.
      removalPolicy:
        alarms.stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(this, { SQS3: 'It is a dead-letter queue: nothing reads it but a person.' });
    alarms.raise(this, 'NotEmpty', {
      metric: this.metricApproximateNumberOfMessagesVisible({
        period: alarmPeriod,
        statistic: 'Maximum',
      }),
      threshold: 1,
      says,
      runbook: 'dead-letters',
    });
    // What was received three times counts no more: so this is of letters that nobody looks at.
    alarms.raise(this, 'Old', {
      metric: this.metricApproximateAgeOfOldestMessage({
        period: Duration.hours(1),
        statistic: 'Maximum',
      }),
      threshold: unseenFor.toSeconds(),
      says: `A dead letter of ${edge.name} has waited for two days, and nobody has looked at it. It is gone after 14.`,
      runbook: 'dead-letters-old',
    });
    const stack = Stack.of(this);
    const ending: DeadLetterEdge = { ...edge, queue_url: this.queueUrl };
    new CfnOutput(stack, `${constructId(edge.name)}${edgeOutputSuffix}`, {
      value: stack.toJsonString(ending),
      description: `What ends in the dead letters of ${edge.name}`,
    });
  }
}
