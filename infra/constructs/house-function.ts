import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../shared/runtime/function-spec.ts';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { deadLetterWildcards } from './dead-letters.ts';
import { deployedName, logGroupNameOf } from './deployed-name.ts';
import { allow, bucketsOf, environmentOf, permissionsOf } from './permissions.ts';
import type { Surroundings } from './surroundings.ts';

/** How much sooner than its state a saga's task times out. */
const beforeMachineMs = 1_000;

export interface HouseFunctionProps {
  readonly spec: FunctionSpec;
  readonly surroundings: Surroundings;
  /** What its trigger needs besides the spec. */
  readonly permissions?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A function with the house's defaults: Node 24 on arm64, a log group of its own with the stage's
 * retention, traces, and a role that allows what the spec names. CDK adds nothing to the role:
 * what it would grant by itself is broader.
 */
export class HouseFunction extends Construct {
  readonly spec: FunctionSpec;
  readonly lambda: Lambda;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { spec, surroundings } = props;
    const { stage, bundles } = surroundings;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: logGroupNameOf(stage, spec),
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Spec: new PolicyDocument({
          minimize: true,
          statements: [
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
            ...(stage.tracing
              ? [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')]
              : []),
            ...permissionsOf(spec, surroundings),
            ...(props.permissions ?? []),
          ],
        }),
      },
    });
    if (stage.tracing) {
      acknowledge(role, {
        'IAM5[Resource::*]':
          'X-Ray takes no resource for what a tracer sends; a test holds that no other action has *.',
      });
    }
    for (const { bucketArn } of bucketsOf(spec, surroundings)) {
      const objects = flattenCfnReference(Stack.of(this).resolve(`${bucketArn}/*`));
      acknowledge(role, {
        [`IAM5[Resource::${objects}]`]:
          'The objects of one bucket: a file is named by its day, so none can be named here.',
      });
    }
    for (const [arn, reason] of Object.entries(deadLetterWildcards(spec, stage))) {
      const named = flattenCfnReference(Stack.of(this).resolve(arn));
      acknowledge(role, { [`IAM5[Resource::${named}]`]: reason });
    }
    this.spec = spec;
    this.lambda = new Lambda(this, 'Function', {
      functionName: deployedName(stage, spec),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundles.folderOf(spec.name)),
      handler: 'index.handler',
      timeout: Duration.millis(timeoutMsOf(spec, stage)),
      memorySize: spec.memoryMb ?? stage.memoryMb,
      tracing: stage.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      logGroup,
      // Our lines are JSON already. What Lambda adds of each invocation is in its metrics too, and at
      // 400 bytes each costs as much as all that we say ourselves.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel[stage.logLevel],
      role: role.withoutPolicyUpdates(),
      environment: { ...environmentOf(spec, surroundings), ...props.environment },
    });
    this.lambda.node.addDependency(role);
  }
}

/**
 * A saga's task ends before the machine gives its try up: the machine's clock starts before a cold
 * start does, and a try that has timed out for the machine must not commit afterwards. Streams and
 * queues keep to what they say: it is what a crashed consumer's message waits for.
 */
function timeoutMsOf({ timeoutMs, trigger }: FunctionSpec, { timeoutFactor }: Stage): number {
  switch (trigger.kind) {
    case 'saga-task':
    case 'inquiry-task':
      return timeoutMs * timeoutFactor - beforeMachineMs;
    case 'http':
      return timeoutMs * timeoutFactor;
    default:
      return timeoutMs;
  }
}

/** `payments-project-list` as a construct is `PaymentsProjectList`. */
export function constructId(name: string): string {
  return name.replaceAll(/(?:^|[-_])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
