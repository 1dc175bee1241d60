import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
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
import type { RunbookSlug } from './runbook.ts';

/** How often a metric is looked at; the shortest without high-resolution metrics. */
export const alarmPeriod = Duration.minutes(1);

/**
 * How many periods are looked at where the newest may still change: what is counted reaches CloudWatch
 * by the log, sometimes minutes late, and FILL makes a zero of a minute whose count is on its way.
 */
export const lookBackPeriods = 5;

export interface AlarmTopicProps {
  readonly stage: Stage;
  /** Who is told of alarms, besides what subscribes later. */
  readonly email?: string | undefined;
  /** Where the runbook is read; the file in this repository when absent. */
  readonly runbookUrl?: string | undefined;
}

interface Said {
  /** What happened and what to do, for whom it wakes. */
  readonly says: string;
  /** The runbook's entry, to which the alarm's text links. */
  readonly runbook: RunbookSlug;
}

export interface RaiseProps extends Said {
  readonly metric: IMetric;
  readonly threshold: number;
  /** How many periods are looked at, for a metric whose newest may still change; 1 when absent. */
  readonly lookBackPeriods?: number;
}

export interface RaiseWhenAllProps extends Said {
  /** What has to be so at the same time. */
  readonly members: readonly {
    readonly id: string;
    readonly metric: IMetric;
    readonly threshold: number;
  }[];
}

/** An alarm that was made. */
export interface Raised {
  readonly name: string;
  readonly runbook: RunbookSlug;
}

/** Where the stage's alarms go. Makes none, and no topic, in a stage without alarms. */
export class AlarmTopic extends Construct {
  readonly topic: Topic | undefined;
  readonly stage: Pick<Stage, 'name' | 'removal'>;
  /** Those that tell somebody, in the order in which they were made. */
  readonly raised: Raised[] = [];
  readonly #runbookUrl: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, email, runbookUrl = 'docs/runbook.md' }: AlarmTopicProps,
  ) {
    super(scope, id);
    this.stage = stage;
    this.#runbookUrl = runbookUrl;
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
    if (this.topic) {
      this.#alarm(scope, id, alarm).addAlarmAction(new SnsAction(this.topic));
      this.raised.push({ name: nameOf(scope, id), runbook: alarm.runbook });
    }
  }

  /** Raises an alarm while several metrics are at their thresholds; none of them tells anybody alone. */
  raiseWhenAll(scope: Construct, id: string, { members, ...said }: RaiseWhenAllProps): void {
    if (!this.topic) {
      return;
    }
    const alarms = members.map((member) =>
      this.#alarm(scope, member.id, {
        ...member,
        runbook: said.runbook,
        says: `Tells nobody by itself: a part of ${nameOf(scope, id)}.`,
      }),
    );
    new CompositeAlarm(scope, id, {
      compositeAlarmName: nameOf(scope, id),
      alarmDescription: this.#textOf(said),
      alarmRule: AlarmRule.allOf(
        ...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM)),
      ),
    }).addAlarmAction(new SnsAction(this.topic));
    this.raised.push({ name: nameOf(scope, id), runbook: said.runbook });
  }

  #alarm(scope: Construct, id: string, alarm: RaiseProps): Alarm {
    return new Alarm(scope, id, {
      alarmName: nameOf(scope, id),
      metric: alarm.metric,
      threshold: alarm.threshold,
      alarmDescription: this.#textOf(alarm),
      evaluationPeriods: alarm.lookBackPeriods ?? 1,
      datapointsToAlarm: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #textOf({ says, runbook }: Said): string {
    return `${says} Runbook: ${this.#runbookUrl}#${runbook}`;
  }
}

/**
 * By its place among the constructs: who is woken reads it first, and a dashboard in another stack
 * can name it without a reference between the stacks.
 */
function nameOf(scope: Construct, id: string): string {
  return `${scope.node.path}/${id}`.replaceAll('/', '-');
}
