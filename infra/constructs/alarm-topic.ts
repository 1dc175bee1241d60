import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** How often a metric is looked at; the shortest without high-resolution metrics. */
export const alarmPeriod = Duration.minutes(1);

export interface AlarmTopicProps {
  readonly stage: Stage;
  /** Who is told of alarms, besides what subscribes later. */
  readonly email?: string | undefined;
}

/** Where the stage's alarms go. Makes none, and no topic, in a stage without alarms. */
export class AlarmTopic extends Construct {
  readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, { stage, email }: AlarmTopicProps) {
    super(scope, id);
    if (!stage.alarms) {
      return;
    }
    // AWS's own key for SNS does not let CloudWatch publish, so elsewhere the topic has none.
    const key = stage.customerManagedKey
      ? new Key(this, 'Key', {
          description: 'Paysaga: alarms',
          enableKeyRotation: true,
          removalPolicy: RemovalPolicy.RETAIN,
        })
      : undefined;
    key?.grant(
      new ServicePrincipal('cloudwatch.amazonaws.com'),
      'kms:Decrypt',
      'kms:GenerateDataKey',
    );
    this.topic = new Topic(this, 'Topic', {
      enforceSSL: true,
      ...(key ? { masterKey: key } : {}),
    });
    if (email) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
  }

  /** Raises an alarm as soon as the metric is at the threshold in one period. */
  raise(
    scope: Construct,
    id: string,
    alarm: { readonly metric: IMetric; readonly threshold: number; readonly says: string },
  ): void {
    if (!this.topic) {
      return;
    }
    new Alarm(scope, id, {
      metric: alarm.metric,
      threshold: alarm.threshold,
      alarmDescription: alarm.says,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}
