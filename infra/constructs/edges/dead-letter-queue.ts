import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';

export interface DeadLetterQueueProps {
  readonly alarms: AlarmTopic;
  /** What a message here means, for whom the alarm wakes. */
  readonly says: string;
}

/** Where what failed for good waits for a person: kept as long as SQS can, with an alarm at once. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { alarms, says }: DeadLetterQueueProps) {
    super(scope, id, {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    acknowledge(this, { SQS3: 'It is a dead-letter queue: nothing reads it but a person.' });
    alarms.raise(this, 'NotEmpty', {
      metric: this.metricApproximateNumberOfMessagesVisible({
        period: alarmPeriod,
        statistic: 'Maximum',
      }),
      threshold: 1,
      says,
    });
  }
}
