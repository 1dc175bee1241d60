import type { StageName } from '../../../infra/stages.ts';
import { type ProjectionName, projectionNames } from '../../../shared/domain/projection/names.ts';
import { UsageError } from '../../program/exit.ts';
import { command, group } from '../../program/group.ts';
import { flag, json, required, stage } from '../../program/specs.ts';

interface Common {
  readonly stage: StageName;
  readonly json: boolean;
}

export type ProjectionsCommand = Common &
  (
    | { readonly kind: 'list' }
    | { readonly kind: 'rebuild'; readonly name: ProjectionName; readonly isCompared: boolean }
    | { readonly kind: 'abandon'; readonly name: ProjectionName }
  );

const run = async (request: ProjectionsCommand) =>
  (await import('./command.ts')).projectionsCommand(request);

const name = required('name', `one of ${projectionNames.join(', ')}`);

export const projections = group<ProjectionsCommand>('The read models of a stage.', {
  list: command({
    says: 'Lists which generations they have, and which is live.',
    options: { json, stage },
    read: (given): ProjectionsCommand => ({ kind: 'list', ...given }),
    run,
  }),
  rebuild: command({
    says: 'Makes one anew from the events beside what is live, and swaps them.',
    operands: { name },
    options: {
      compare: flag('compares it with what is live before the swap, and stops at a difference'),
      json,
      stage,
    },
    read: ({ name: given, compare, ...common }): ProjectionsCommand => ({
      kind: 'rebuild',
      ...common,
      name: projectionOf(given),
      isCompared: compare,
    }),
    run,
  }),
  abandon: command({
    says: 'Gives up the one that is being made.',
    operands: { name },
    options: { json, stage },
    read: ({ name: given, ...common }): ProjectionsCommand => ({
      kind: 'abandon',
      ...common,
      name: projectionOf(given),
    }),
    run,
  }),
});

function projectionOf(given: string): ProjectionName {
  const found = projectionNames.find((known) => known === given);
  if (!found) {
    throw new UsageError(
      `no projection is named ${given}; there are ${projectionNames.join(', ')}`,
    );
  }
  return found;
}
