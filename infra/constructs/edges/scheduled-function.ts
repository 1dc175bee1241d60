import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Construct } from 'constructs';
import type { FunctionSpec, Trigger } from '../../../shared/runtime/function-spec.ts';
import type { Cadence } from '../../stages/schedules.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';
import { deployedName } from '../deployed-name.ts';
import { HouseFunction } from '../house-function.ts';
import { allow } from '../permissions.ts';
import type { Surroundings } from '../surroundings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** Lambda's own, a minute and two minutes after a failed run. */
const retries = 2;
/** A run that could not start by then is left to the next one, and to a person. */
const maxEventAge = Duration.hours(1);

export interface ScheduledFunctionProps {
  readonly spec: FunctionSpec;
  readonly trigger: Extract<Trigger, { kind: 'schedule' }>;
  readonly surroundings: Surroundings;
  readonly alarms: AlarmTopic;
}

/**
 * A function that runs by the clock, as often as the stage says: invoked asynchronously, tried again
 * when it fails, and then in a queue with an alarm, as is a run that could not be started. Each error
 * raises an alarm of its own, before the tries are spent.
 */
export class ScheduledFunction extends Construct {
  readonly lambda: Lambda;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { spec, trigger, surroundings, alarms } = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      alarms,
      says: `A scheduled run of ${spec.name} was given up: the message says why. What it would have done waits for the next run.`,
      edge: {
        kind: 'schedule',
        name: spec.name,
        function: deployedName(surroundings.stage, spec),
        schedule: trigger.schedule,
      },
    });
    this.lambda = new HouseFunction(this, 'Function', {
      spec,
      surroundings,
      permissions: [allow(['sqs:SendMessage'], this.deadLetters.queueArn)],
    }).lambda;
    this.lambda.configureAsyncInvoke({
      retryAttempts: retries,
      maxEventAge,
      onFailure: new SqsDestination(this.deadLetters),
    });
    new Rule(this, 'Rule', {
      description: `Runs ${spec.name}: ${trigger.schedule}`,
      schedule: scheduleOf(surroundings.stage.schedules[trigger.schedule]),
      targets: [
        new LambdaFunction(this.lambda, { deadLetterQueue: this.deadLetters, maxEventAge }),
      ],
    });
    alarms.raise(this, 'Errors', {
      metric: this.lambda.metricErrors({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      says: `${spec.name} failed: it is tried twice more. Read its log.`,
      runbook: 'scheduled-run-failed',
    });
  }
}

function scheduleOf(cadence: Cadence): Schedule {
  return 'cron' in cadence
    ? Schedule.expression(`cron(${cadence.cron})`)
    : Schedule.rate(Duration.minutes(cadence.rateMinutes));
}
