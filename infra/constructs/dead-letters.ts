import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { functionSpecs } from '../../functions/index.ts';
import type { FunctionSpec } from '../../shared/runtime/function-spec.ts';
import { specsOf } from '../specs.ts';
import type { Stage } from '../stages.ts';
import { deadLettersName, deployedName } from './deployed-name.ts';
import { required, type Surroundings } from './surroundings.ts';

/** The stacks of a stage that can have edges. */
export function edgeStacks({ name, simulator }: Stage): string[] {
  const parts = ['data', 'pipeline', 'readers', 'clock', ...(simulator ? ['simulator'] : [])];
  return parts.map((part) => `paysaga-${name}-${part}`);
}

const resource = (service: string, name: string) =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${name}`;

/**
 * A queue belongs to the stack of its edge, and some of these are made after the function: so queues are
 * named by their stage, as CloudFormation names them by their stack.
 */
const queuesOf = ({ name }: Stage) => resource('sqs', `paysaga-${name}-*`);

/** Those of dead letters alone, whose own names end so. */
const deadLetterQueuesOf = (stage: Stage) => resource('sqs', deadLettersName(stage, '*'));

const stacksOf = (stage: Stage) =>
  edgeStacks(stage).map((stack) => resource('cloudformation', `stack/${stack}/*`));

/** What reading, and handling, the dead letters of a stage takes. */
export function deadLetterPermissions(
  spec: FunctionSpec,
  { stage, tables }: Surroundings,
): PolicyStatement[] {
  if (!spec.deadLetters) {
    return [];
  }
  const reads = [
    allow(['cloudformation:DescribeStacks'], stacksOf(stage)),
    allow(['sqs:GetQueueAttributes'], [deadLetterQueuesOf(stage)]),
  ];
  if (spec.deadLetters === 'counts') {
    return reads;
  }
  const streams = specsOf(functionSpecs, 'stream');
  const streamArns = streams.map(({ name, trigger: { table } }) =>
    required(tables[table]?.tableStreamArn, name, `a stream of ${table}`),
  );
  return [
    ...reads,
    allow(
      ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
      [deadLetterQueuesOf(stage)],
    ),
    allow(['sqs:SendMessage'], [queuesOf(stage)]),
    allow(['dynamodb:GetShardIterator', 'dynamodb:GetRecords'], [...new Set(streamArns)]),
    allow(
      ['lambda:InvokeFunction'],
      streams.map((one) => resource('lambda', `function:${deployedName(stage, one)}`)),
    ),
  ];
}

/** What of that has a wildcard, for cdk-nag: resource to the reason. */
export function deadLetterWildcards(
  { deadLetters }: FunctionSpec,
  stage: Stage,
): Readonly<Record<string, string>> {
  if (!deadLetters) {
    return {};
  }
  return {
    ...Object.fromEntries(
      stacksOf(stage).map((arn) => [arn, 'One stack: what ends its ARN is made when it is.']),
    ),
    [deadLetterQueuesOf(stage)]:
      'The queues of dead letters of the stage alone. Those of later stacks are not known here, and the function only goes to those that the outputs name.',
    ...(deadLetters === 'handles'
      ? {
          [queuesOf(stage)]:
            'To send alone: a letter goes back to the queue that it came from, and half of these are of later stacks. What is in a queue that works is neither read nor removed.',
        }
      : {}),
  };
}

function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
