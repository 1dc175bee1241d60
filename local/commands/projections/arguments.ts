import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import { type ProjectionName, projectionNames } from '../../../shared/domain/projection/names.ts';
import { UsageError } from '../../arguments.ts';

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

const names = projectionNames.join('|');
const forms = [
  'list [--json] [--stage dev|prod]',
  `rebuild ${names} [--compare] [--json] [--stage dev|prod]`,
  `abandon ${names} [--json] [--stage dev|prod]`,
];

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  compare: { type: 'boolean', default: false },
} as const;

/** @throws {UsageError} for anything but the forms above */
export function parseProjections(args: readonly string[]): ProjectionsCommand {
  const { values, positionals } = parsed(args);
  const { stage = 'local', json, compare } = values;
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  const [kind, name, ...more] = positionals;
  if (kind === 'list' && name === undefined && !compare) {
    return { kind, stage, json };
  }
  if (more.length > 0 || !isProjection(name) || (compare && kind !== 'rebuild')) {
    throw wrongForm();
  }
  switch (kind) {
    case 'rebuild':
      return { kind, stage, json, name, isCompared: compare };
    case 'abandon':
      return { kind, stage, json, name };
    default:
      throw wrongForm();
  }
}

function wrongForm(): UsageError {
  return new UsageError(`give: ${forms.join('\n  or: ')}`);
}

function isProjection(name: string | undefined): name is ProjectionName {
  return projectionNames.some((known) => known === name);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
