import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Bundles } from './bundle.ts';
import { encryptQueuesAndLogs } from './constructs/encrypted.ts';
import { ClockStack } from './stacks/clock-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { ReadersStack } from './stacks/readers-stack.ts';
import { SimulatorStack } from './stacks/simulator-stack.ts';
import type { Stage } from './stages.ts';
import type { Target } from './target.ts';

export interface PaysagaProps {
  readonly stage: Stage;
  readonly target: Target;
  readonly bundles: Bundles;
  readonly alarmEmail?: string | undefined;
  /** Checks the templates by cdk-nag's AwsSolutions rules at synthesis. */
  readonly nag: boolean;
}

/** The stacks of a stage. */
export interface Paysaga {
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly readers: ReadersStack;
  readonly clock: ClockStack;
  readonly simulator: SimulatorStack | undefined;
}

/** Builds a stage's stacks into the app. */
export function addPaysaga(app: App, props: PaysagaProps): Paysaga {
  const { stage, target, bundles, alarmEmail } = props;
  const data = new DataStack(app, { stage, target, alarmEmail });
  if (data.key) {
    encryptQueuesAndLogs(app, data.key);
  }
  const simulator = stage.simulator
    ? new SimulatorStack(app, { stage, target, bundles, data })
    : undefined;
  const pipeline = new PipelineStack(app, {
    stage,
    target,
    bundles,
    data,
    simulatorUrl: simulator?.url,
  });
  const { bus } = pipeline;
  const readers = new ReadersStack(app, { stage, target, bundles, data, bus });
  const clock = new ClockStack(app, { stage, target, bundles, data, bus });
  if (props.nag) {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return { data, pipeline, readers, clock, simulator };
}
