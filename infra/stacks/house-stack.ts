import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from '../constructs/edges/dead-letter-queue.ts';
import { constructId } from '../constructs/house-function.ts';
import type { Stage } from '../stages.ts';
import type { Target } from '../target.ts';

export interface HouseStackProps {
  readonly stage: Stage;
  readonly target: Target;
}

/** A stack named `paysaga-<stage>-<part>`, in the target's account and region. */
export class HouseStack extends Stack {
  readonly stage: Stage;
  readonly target: Target;

  constructor(scope: Construct, part: string, description: string, props: HouseStackProps) {
    const { stage, target } = props;
    super(scope, `paysaga-${stage.name}-${part}`, {
      description: `Paysaga (${stage.name}): ${description}`,
      terminationProtection: stage.deletionProtection,
      env: {
        ...(target.account ? { account: target.account } : {}),
        ...(target.region ? { region: target.region } : {}),
      },
      tags: { project: 'paysaga', stage: stage.name },
    });
    this.stage = stage;
    this.target = target;
  }

  /** Names a value in the stack's outputs, by which tools and tests find it. */
  protected output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }

  /** Names a dead-letter queue of a function. */
  protected outputQueue(
    functionName: string,
    kind: 'DeadLetters' | 'Undelivered',
    { queueUrl }: DeadLetterQueue,
  ): void {
    const what =
      kind === 'DeadLetters' ? 'What failed for good in' : 'What the bus could not give to';
    this.output(`${constructId(functionName)}${kind}Url`, queueUrl, `${what} ${functionName}`);
  }
}
