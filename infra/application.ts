import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Bundles } from './bundle.ts';
import { encryptQueuesAndLogs } from './constructs/encrypted.ts';
import { ClockStack } from './stacks/clock-stack.ts';
import { ConsoleStack } from './stacks/console-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { ReadersStack } from './stacks/readers-stack.ts';
import { SimulatorStack } from './stacks/simulator-stack.ts';
import type { Stage } from './stages.ts';
import type { Target } from './target.ts';

export interface PaysagaProps {
  readonly stage: Stage;
  readonly target: Target;
  readonly bundles: Bundles;
  /** The console's files; undefined where a stage's console is not CloudFront's. */
  readonly consoleFolder: string | undefined;
  readonly alarmEmail?: string | undefined;
  /** Where the runbook is read, to which alarms link. */
  readonly runbookUrl?: string | undefined;
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
  readonly console: ConsoleStack | undefined;
  readonly observability: ObservabilityStack | undefined;
}

/** Builds a stage's stacks into the app. */
export function addPaysaga(app: App, props: PaysagaProps): Paysaga {
  const { stage, target, bundles, alarmEmail, runbookUrl } = props;
  const data = new DataStack(app, { stage, target, alarmEmail, runbookUrl });
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
  const console =
    props.consoleFolder === undefined
      ? undefined
      : new ConsoleStack(app, { stage, target, folder: props.consoleFolder, api: pipeline.api });
  // An emulator has no dashboards and no saved queries, and is not looked at for hours.
  const observability =
    target.endpoint === null ? new ObservabilityStack(app, { stage, target, data }) : undefined;
  if (props.nag) {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return { data, pipeline, readers, clock, simulator, console, observability };
}
