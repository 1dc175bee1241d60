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
import type { InquiryMachine as InquiryMachineTable } from '../../../shared/domain/saga/inquiry.ts';
import { tasksOf } from '../../../shared/domain/saga/routes.ts';
import type { Saga } from '../../../shared/domain/saga/table.ts';
import { machineLogLevel, type SagaType, type Stage } from '../../stages.ts';
import { acknowledge } from '../acknowledge.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';
import type { HouseFunction } from '../house-function.ts';
import { allow } from '../permissions.ts';
import { required } from '../surroundings.ts';
import { atPace, machineTimeoutSeconds } from './budget.ts';
import { type StateMachineDefinition, stateMachineDefinition } from './definition.ts';
import { inquiryDefinition } from './inquiry-definition.ts';

interface MachineProps {
  readonly stage: Stage;
  readonly alarms: AlarmTopic;
}

export interface SagaMachineProps extends MachineProps {
  readonly saga: Saga;
  /** The function of each task, by the task's name; those of other sagas, too. */
  readonly tasks: ReadonlyMap<string, HouseFunction>;
}

/** A saga as a state machine. */
export class SagaMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { stage, alarms, tasks, ...props }: SagaMachineProps) {
    super(scope, id);
    const saga = atPace(props.saga, stage.timeoutFactor);
    const arnOf = (task: string) =>
      required(tasks.get(task), `the saga ${saga.name}`, `a function for ${task}`).lambda
        .functionArn;
    this.arn = machineOf(this, {
      stage,
      alarms,
      type: stage.sagaType,
      what: 'saga',
      name: saga.name,
      subject: saga.subject,
      functionArns: [...new Set(tasksOf(saga).map(({ name }) => arnOf(name)))],
      definition: stateMachineDefinition(saga, arnOf, machineTimeoutSeconds(saga, stage.sagaType)),
    });
  }
}

export interface InquiryMachineProps extends MachineProps {
  readonly inquiry: InquiryMachineTable;
  readonly task: HouseFunction;
}

/** An inquiry as a state machine: STANDARD in every stage, as it waits for longer than EXPRESS lives. */
export class InquiryMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { stage, alarms, ...props }: InquiryMachineProps) {
    super(scope, id);
    const { functionArn } = props.task.lambda;
    const { task, ...inquiry } = props.inquiry;
    const slower = { ...task, timeoutMs: task.timeoutMs * stage.timeoutFactor };
    this.arn = machineOf(this, {
      stage,
      alarms,
      type: 'STANDARD',
      what: 'inquiry',
      name: inquiry.name,
      subject: inquiry.subject,
      functionArns: [functionArn],
      definition: inquiryDefinition({ ...inquiry, task: slower }, stage.inquiry, functionArn),
    });
  }
}

/** A state machine of the house, with an alarm on each way in which an execution ends unplanned. */
function machineOf(
  scope: Construct,
  {
    stage,
    alarms,
    type,
    what,
    name,
    subject,
    functionArns,
    definition,
  }: MachineProps & {
    readonly type: SagaType;
    readonly what: 'saga' | 'inquiry';
    readonly name: string;
    readonly subject: string;
    readonly functionArns: string[];
    readonly definition: StateMachineDefinition;
  },
): string {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
    inlinePolicies: {
      Tasks: new PolicyDocument({
        statements: [
          allow(['lambda:InvokeFunction'], ...functionArns),
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
  const level = machineLogLevel(stage, type);
  const machine = new StateMachine(scope, 'Machine', {
    stateMachineType: StateMachineType[type],
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(definition)),
    role: role.withoutPolicyUpdates(),
    tracingEnabled: stage.tracing,
    logs: {
      destination: new LogGroup(scope, 'Logs', {
        // Step Functions delivers to many log groups only under this prefix.
        logGroupName: `/aws/vendedlogs/states/paysaga-${stage.name}-${name}`,
        retention: stage.logRetentionDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      level: LogLevel[level],
      includeExecutionData: false,
    },
  });
  machine.node.addDependency(role);
  if (!stage.tracing) {
    acknowledge(machine, { SF2: 'There is no X-Ray on a laptop.' });
  }
  if (level !== 'ALL') {
    acknowledge(machine, {
      SF1:
        stage.name === 'local'
          ? 'LocalStack would make a call for each event; errors it logs.'
          : 'STANDARD keeps the history of each execution for 90 days; the log has its errors.',
    });
  }
  for (const [end, metric] of unplannedEnds(machine)) {
    alarms.raise(scope, end, {
      metric,
      threshold: 1,
      says: `An execution of the ${what} ${name} ended as ${end}: the sweeper begins anew what it left of its ${subject}, or parks it.`,
      runbook: 'execution-ended',
    });
  }
  return machine.stateMachineArn;
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
