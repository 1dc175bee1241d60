import type { StageName } from '../../../infra/stages.ts';
import { shortestReason } from '../../../shared/runtime/dead-letters/discard.ts';
import { UsageError } from '../../program/exit.ts';
import { command, group } from '../../program/group.ts';
import { by, byOf, flag, json, reason, required, stage, text, texts } from '../../program/specs.ts';

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

const run = async (request: DlqCommand) => (await import('./command.ts')).dlqCommand(request);

const queue = text('NAME', 'the letters of one queue');
const id = required('id', 'of a letter, as list has it');

export const dlq = group<DlqCommand>('The dead letters of a stage; docs/dead-letters.md.', {
  list: command({
    says: 'Lists the dead letters: what each is about, what is at risk, and what doing it again would come to. Ends with 1 while there are any.',
    options: { queue, json, stage },
    read: ({ queue: of = null, ...common }): DlqCommand => ({ kind: 'list', ...common, queue: of }),
    run,
  }),
  show: command({
    says: 'Shows one of them, with all that is known of what it is about.',
    operands: { id },
    options: { json, stage },
    read: (given): DlqCommand => ({ kind: 'show', ...given }),
    run,
  }),
  redrive: command({
    says: 'Says what doing letters again comes to; with --yes, or when a person at the terminal agrees, it is done.',
    operands: { ids: texts('ids', 'of letters, as list has them') },
    options: {
      queue,
      all: flag('all of them'),
      yes: flag('does it; without it nothing is done but to say what would be'),
      force: flag('also those whose verdict is that it is not safe'),
      reason: reason('why, against a verdict', ({ force }) => force === true),
      by,
      json,
      stage,
    },
    read: (given, { user }): DlqCommand => ({
      kind: 'redrive',
      stage: given.stage,
      json: given.json,
      ...redriveOf(given),
      by: byOf(given.by, user),
    }),
    run,
  }),
  discard: command({
    says: 'Takes one away, on record.',
    operands: { id },
    options: { reason: reason(), by, json, stage },
    read: ({ reason: why, by: who, ...given }, { user }): DlqCommand => ({
      kind: 'discard',
      ...given,
      reason: reasonOf(why),
      by: byOf(who, user),
    }),
    run,
  }),
  log: command({
    says: 'Prints what was done to dead letters, by whom and why.',
    options: { json, stage },
    read: (given): DlqCommand => ({ kind: 'log', ...given }),
    run,
  }),
});

function redriveOf(given: {
  readonly ids: readonly string[];
  readonly queue: string | undefined;
  readonly all: boolean;
  readonly yes: boolean;
  readonly force: boolean;
  readonly reason: string | undefined;
}) {
  const { ids, all, yes, force } = given;
  const ways = [ids.length > 0, given.queue !== undefined, all].filter(Boolean).length;
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
  if (!force && given.reason !== undefined) {
    throw new UsageError('--reason is for --force: a redrive that is safe needs none');
  }
  const why = force ? reasonOf(given.reason) : null;
  return { ids, queue: given.queue ?? null, isReal: yes, force: why };
}

function reasonOf(given = ''): string {
  if (given.trim().length < shortestReason) {
    throw new UsageError(
      `give --reason, in ${shortestReason} characters or more: it goes on record`,
    );
  }
  return given.trim();
}
