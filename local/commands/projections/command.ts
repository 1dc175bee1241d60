import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectionAct } from '../../../shared/domain/projection/control.ts';
import { phaseOf } from '../../../shared/domain/projection/control.ts';
import { type ProjectionName, projectionNames } from '../../../shared/domain/projection/names.ts';
import type { ListPaymentEvents, ScanPayments } from '../../../shared/ports/payments.ts';
import type {
  ProjectionControls,
  ProjectionRows,
} from '../../../shared/ports/projections/projections.ts';
import { abandonRebuild } from '../../../shared/runtime/projections/abandon.ts';
import { rebuild } from '../../../shared/runtime/projections/rebuild.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import type { ProjectionsCommand } from './group.ts';
import { controlText, differencesText, stepText } from './text.ts';

/** What the command works by. */
export interface ProjectionsDependencies {
  readonly controls: ProjectionControls;
  /** Every projection that there is. */
  readonly rows: Readonly<Record<ProjectionName, ProjectionRows>>;
  readonly scan: ScanPayments;
  readonly events: ListPaymentEvents;
  readonly pause: (ms: number) => Promise<void>;
  readonly act: () => ProjectionAct;
  readonly print: (line: string) => void;
}

/**
 * The projections of a stage: says which generations they have, makes one anew, or gives that up.
 *
 * @returns 0; 1 when there was nothing to give up, or what was built differs from what is live
 * @throws {NothingAnswers} when the stage is not up
 */
export async function projectionsCommand(command: ProjectionsCommand): Promise<number> {
  await takeEnvironmentOf(command.stage);
  const { projectionsOf } = await import('./wiring.ts');
  const act = () => ({ at: new Date().toISOString(), by: userInfo().username });
  return run({ ...projectionsOf(), pause, act, print: console.log }, command);
}

/** Does what is asked for. */
export async function run(
  deps: ProjectionsDependencies,
  command: ProjectionsCommand,
): Promise<number> {
  const { json } = command;
  const say = (answer: unknown, lines: readonly string[]) => {
    for (const line of json ? [JSON.stringify(answer)] : lines) {
      deps.print(line);
    }
  };
  if (command.kind === 'list') {
    const controls = await Promise.all(projectionNames.map(deps.controls.read));
    const all = controls.map((control) => ({ ...control, phase: phaseOf(control) }));
    say(all, controls.flatMap(controlText));
    return 0;
  }
  const { name } = command;
  const tell: Parameters<typeof rebuild>[0]['tell'] = (step) => say(step, [stepText(step)]);
  const using = { ...deps, rows: deps.rows[name], tell };
  if (command.kind === 'abandon') {
    const given = await abandonRebuild(using, name);
    if (given.kind === 'abandoned') {
      say(given, [`generation ${given.generation} of ${name} is given up`]);
      return 0;
    }
    say(given, [
      given.isSwapped
        ? `What was built of ${name} is live: npm run projections -- rebuild ${name} goes on to the end.`
        : `Nothing of ${name} is being built.`,
    ]);
    return 1;
  }
  const built = await rebuild(using, name, { isCompared: command.isCompared });
  if (built.kind === 'different') {
    say(built, differencesText(built.generation, name, built.differences));
    return 1;
  }
  say(built, [`${name} is rebuilt.`]);
  return 0;
}
