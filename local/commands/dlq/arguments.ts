import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import { UsageError } from '../../arguments.ts';
import { shortestReason } from './letters/discard.ts';

interface Common {
  readonly stage: StageName;
  readonly json: boolean;
}

/** What is asked for. `queue` is the name of an edge, null for all of them. */
export type DlqCommand = Common &
  (
    | { readonly kind: 'list'; readonly queue: string | null }
    | { readonly kind: 'show'; readonly id: string }
    | {
        readonly kind: 'redrive';
        readonly ids: readonly string[];
        readonly queue: string | null;
        readonly isReal: boolean;
        /** Why, against a verdict; null without force. */
        readonly force: string | null;
        readonly by: string;
      }
    | {
        readonly kind: 'discard';
        readonly id: string;
        readonly reason: string;
        readonly by: string;
      }
    | { readonly kind: 'log' }
  );

const forms = {
  list: 'list [--queue NAME]',
  show: 'show ID',
  redrive: 'redrive [ID... | --queue NAME | --all] [--yes] [--force --reason TEXT] [--by NAME]',
  discard: 'discard ID --reason TEXT [--by NAME]',
  log: 'log',
} as const;

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  queue: { type: 'string' },
  all: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  reason: { type: 'string' },
  by: { type: 'string' },
} as const;

type Option = keyof typeof options;

/** What each command takes besides `--stage` and `--json`. */
const taken: Readonly<Record<keyof typeof forms, readonly Option[]>> = {
  list: ['queue'],
  show: [],
  redrive: ['queue', 'all', 'yes', 'force', 'reason', 'by'],
  discard: ['reason', 'by'],
  log: [],
};

/**
 * @param user who is at this machine, for the record
 * @throws {UsageError} for anything but the forms above
 */
export function parseDlq(args: readonly string[], user: string): DlqCommand {
  const { values, positionals } = parsed(args);
  const [kind, ...ids] = positionals;
  if (!isKind(kind)) {
    throw new UsageError(`give ${Object.keys(forms).join(', ')}; such as: npm run dlq -- list`);
  }
  const stray = (Object.keys(values) as Option[]).find(
    (option) => values[option] && !['stage', 'json', ...taken[kind]].includes(option),
  );
  const takesIds = { list: 0, log: 0, show: 1, discard: 1, redrive: Number.POSITIVE_INFINITY }[
    kind
  ];
  if (stray || ids.length > takesIds || (takesIds === 1 && ids.length === 0)) {
    throw new UsageError(`give: ${forms[kind]} [--json] [--stage dev|prod]`);
  }
  const common = { stage: stageOf(values.stage), json: values.json };
  const by = nameOf(values.by ?? user);
  const [id = ''] = ids;
  switch (kind) {
    case 'list':
      return { ...common, kind, queue: values.queue ?? null };
    case 'show':
      return { ...common, kind, id };
    case 'log':
      return { ...common, kind };
    case 'discard':
      return { ...common, kind, id, reason: reasonOf(values.reason), by };
    case 'redrive':
      return { ...common, kind, ...redriveOf(ids, values), by };
  }
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function isKind(kind: string | undefined): kind is keyof typeof forms {
  return kind !== undefined && Object.hasOwn(forms, kind);
}

function redriveOf(ids: readonly string[], { queue, all, yes, force, reason }: Values) {
  const ways = [ids.length > 0, queue !== undefined, all].filter(Boolean).length;
  if (ways > 1) {
    throw new UsageError(
      'choose letters by their ids, by --queue or by --all, and not by two of them',
    );
  }
  if (yes && ways === 0) {
    throw new UsageError(
      'say what to redrive: ids, --queue NAME or --all; without --yes it is a dry run',
    );
  }
  if (!force && reason !== undefined) {
    throw new UsageError('--reason is for --force: a redrive that is safe needs none');
  }
  return { ids, queue: queue ?? null, isReal: yes, force: force ? reasonOf(reason) : null };
}

function stageOf(stage = 'local'): StageName {
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  return stage;
}

function reasonOf(reason = ''): string {
  if (reason.trim().length < shortestReason) {
    throw new UsageError(
      `give --reason, in ${shortestReason} characters or more: it goes on record`,
    );
  }
  return reason.trim();
}

function nameOf(by: string): string {
  if (by.trim() === '') {
    throw new UsageError('--by is who does it: it goes on record');
  }
  return by.trim();
}
