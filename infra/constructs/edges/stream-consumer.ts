import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { FunctionSpec, Trigger } from '../../../shared/runtime/function-spec.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';
import { deployedName } from '../deployed-name.ts';
import { HouseFunction } from '../house-function.ts';
import { allow } from '../permissions.ts';
import { required, type Surroundings, type TableRef } from '../surroundings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/**
 * A few minutes of trouble in DynamoDB, or a bad deployment, must not strand a payment or put a hole
 * into the balances. What is poison has been bisected down to itself before these are spent, and the
 * age limit ends all of it.
 */
const retries = 50;
/** Half of the 24 hours that a stream keeps: the rest is for a person to read it back. */
const maxRecordAge = Duration.hours(12);
const lagAlarm = Duration.minutes(2);

export interface StreamConsumerProps {
  readonly spec: FunctionSpec;
  readonly trigger: Extract<Trigger, { kind: 'stream' }>;
  readonly surroundings: Surroundings;
  readonly table: TableRef;
  readonly alarms: AlarmTopic;
}

/**
 * A function on a table's stream: in order, started again at the record that it names, the batch
 * halved at a failure, and after its retries the position of what failed in a queue with an alarm.
 */
export class StreamConsumer extends Construct {
  readonly function: HouseFunction;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { spec, trigger, surroundings, table, alarms } = props;
    const streamArn = required(table.tableStreamArn, spec.name, `a stream of ${trigger.table}`);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      alarms,
      says: `${spec.name} gave up on a range of its stream: read it back within 12 hours.`,
      edge: {
        kind: 'stream',
        name: spec.name,
        function: deployedName(surroundings.stage, spec),
        stream_arn: streamArn,
        filters: [...trigger.filters],
        batch_size: trigger.batchSize,
      },
    });
    this.function = new HouseFunction(this, 'Function', {
      spec,
      surroundings,
      permissions: [
        allow(
          [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          streamArn,
        ),
        allow(['sqs:SendMessage'], this.deadLetters.queueArn),
      ],
    });
    new EventSourceMapping(this, 'Mapping', {
      target: this.function.lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: trigger.filters.map((filter) => ({ pattern: JSON.stringify(filter) })),
      batchSize: trigger.batchSize,
      maxBatchingWindow: Duration.millis(trigger.batchingWindowMs),
      ...(trigger.tumblingWindowMs === undefined
        ? {}
        : { tumblingWindow: Duration.millis(trigger.tumblingWindowMs) }),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: retries,
      maxRecordAge,
      onFailure: new SqsDlq(this.deadLetters),
    });
    alarms.raise(this, 'Lagging', {
      metric: this.function.lambda.metric('IteratorAge', {
        period: alarmPeriod,
        statistic: 'Maximum',
      }),
      threshold: lagAlarm.toMilliseconds(),
      says: `${spec.name} is minutes behind its stream: it is failing, or it cannot keep up.`,
      runbook: 'stream-lagging',
    });
  }
}
