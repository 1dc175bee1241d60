import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '../../stages.ts';

/** How often a metric is looked at; the shortest without high-resolution metrics. */
export const alarmPeriod = Duration.minutes(1);

export interface AlarmTopicProps {
  readonly stage: Stage;
  /** Who is told of alarms, besides what subscribes later. */
  readonly email?: string | undefined;
}

export interface RaiseProps {
  readonly metric: IMetric;
  readonly threshold: number;
  /** What happened and what to do, for whom it wakes. */
  readonly says: string;
  /** How many periods are looked at, for a metric whose newest may still change; 1 when absent. */
  readonly lookBackPeriods?: number;
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
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    key?.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey');
    this.topic = new Topic(this, 'Topic', {
      enforceSSL: true,
      ...(key ? { masterKey: key } : {}),
    });
    // enforceSSL gives the topic a policy of its own, and so takes away SNS's, which lets alarms in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (email) {
      this.topic.addSubscription(new EmailSubscription(email));
    } else if (stage.name !== 'local') {
      Annotations.of(this).addWarningV2(
        'paysaga:alarmEmail',
        `alarms of stage ${stage.name} tell nobody: pass -c alarmEmail=<address>, or subscribe to the topic`,
      );
    }
  }

  /** Raises an alarm as soon as the metric is at the threshold in one period. */
  raise(scope: Construct, id: string, alarm: RaiseProps): void {
    if (!this.topic) {
      return;
    }
    new Alarm(scope, id, {
      metric: alarm.metric,
      threshold: alarm.threshold,
      alarmDescription: alarm.says,
      evaluationPeriods: alarm.lookBackPeriods ?? 1,
      datapointsToAlarm: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}
