import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { tasksOf } from '../../../shared/domain/saga/routes.ts';
import type { Saga } from '../../../shared/domain/saga/table.ts';
import type { Stage } from '../../stages.ts';
import { acknowledge } from '../acknowledge.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';
import type { HouseFunction } from '../house-function.ts';
import { allow } from '../permissions.ts';
import { required } from '../surroundings.ts';
import { atPace, machineTimeoutSeconds } from './budget.ts';
import { stateMachineDefinition } from './definition.ts';

export interface SagaMachineProps {
  readonly stage: Stage;
  readonly saga: Saga;
  /** The function of each task, by the task's name; those of other sagas, too. */
  readonly tasks: ReadonlyMap<string, HouseFunction>;
  readonly alarms: AlarmTopic;
}

/** A saga as a state machine, with an alarm on each way in which an execution ends unplanned. */
export class SagaMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SagaMachineProps) {
    super(scope, id);
    const { stage, tasks, alarms } = props;
    const saga = atPace(props.saga, stage.timeoutFactor);
    const arnOf = (task: string) =>
      required(tasks.get(task), `the saga ${saga.name}`, `a function for ${task}`).lambda
        .functionArn;
    const own = [...new Set(tasksOf(saga).map(({ name }) => arnOf(name)))];
    const definition = stateMachineDefinition(
      saga,
      arnOf,
      machineTimeoutSeconds(saga, stage.sagaType),
    );
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        Tasks: new PolicyDocument({
          statements: [
            allow(['lambda:InvokeFunction'], ...own),
            allow(logDelivery, '*'),
            ...(stage.tracing ? [allow(traces, '*')] : []),
          ],
        }),
      },
    });
    acknowledge(role, {
      'IAM5[Resource::*]':
        'Log delivery and X-Ray take no resource for these actions; a test holds that no other action has *.',
    });
    const machine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType[stage.sagaType],
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role: role.withoutPolicyUpdates(),
      tracingEnabled: stage.tracing,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Step Functions delivers to many log groups only under this prefix.
          logGroupName: `/aws/vendedlogs/states/paysaga-${stage.name}-${saga.name}`,
          retention: stage.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel[stage.sagaLogLevel],
        includeExecutionData: false,
      },
    });
    machine.node.addDependency(role);
    if (!stage.tracing) {
      acknowledge(machine, { SF2: 'There is no X-Ray on a laptop.' });
    }
    if (stage.sagaLogLevel !== 'ALL') {
      acknowledge(machine, { SF1: 'LocalStack would make a call for each event; errors it logs.' });
    }
    this.arn = machine.stateMachineArn;
    for (const [end, metric] of unplannedEnds(machine)) {
      alarms.raise(this, end, {
        metric,
        threshold: 1,
        says: `An execution of the saga ${saga.name} ended as ${end}: its ${saga.subject} waits for a person.`,
      });
    }
  }
}

function unplannedEnds(machine: StateMachine): [string, Metric][] {
  const options = { period: alarmPeriod, statistic: 'Sum' };
  return [
    ['Failed', machine.metricFailed(options)],
    ['TimedOut', machine.metricTimedOut(options)],
    ['Aborted', machine.metricAborted(options)],
  ];
}

const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

const traces = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];
