import type { StageName } from '../../../infra/stages.ts';
import type { Selection } from '../../../shared/runtime/replay/selection.ts';
import { UsageError } from '../../program/exit.ts';
import { command, type Given } from '../../program/group.ts';
import { flagOf } from '../../program/program.ts';
import { by, byOf, flag, reason, required, stage, text } from '../../program/specs.ts';
import { type ConsumerSpec, consumerOf } from './consumers.ts';

/** What is asked for; `live` is null for a sandbox. */
export interface ReplayCommand {
  readonly stage: StageName;
  readonly json: boolean;
  readonly consumer: ConsumerSpec;
  readonly selection: Selection;
  readonly live: LiveOptions | null;
}

export interface LiveOptions {
  /** Null: a new one. */
  readonly name: string | null;
  readonly position: string | null;
  readonly sideEffects: boolean;
  readonly reason: string;
  readonly by: string;
  readonly perSecond: number;
  /** Whether many are no surprise. */
  readonly isSure: boolean;
}

const shortestReason = 10;
const defaultPerSecond = 50;
/** More than that a consumer of its stage could not keep up with. */
const mostPerSecond = 1_000;

const ofLive = {
  allowSideEffects: flag('also to a consumer that works on the world outside'),
  reason: reason('why, on record', ({ live }) => live === true),
  perSecond: text('N', `how many events a second, ${defaultPerSecond} if it is not said`),
  yes: flag('however many events they are'),
  name: text('NAME', 'of the replay; what was sent under it is not sent again'),
  position: text('P', 'goes on where a replay of this name was'),
  by,
} as const;

const options = {
  consumer: required('NAME', 'whom the events go to'),
  payment: text('ID', 'the events of one payment'),
  payout: text('ID', 'the events of one payout'),
  from: text('TIME', 'the events from this time on, such as 2026-11-21T10:00:00Z'),
  to: text('TIME', 'and before this one'),
  tenant: text('TENANT', 'of one tenant'),
  live: flag('to the consumer itself; without it to a sandbox that writes and sends nothing'),
  ...ofLive,
  json: flag('a JSON document a line instead of text; an error as one on stderr'),
  stage,
} as const;

type Values = Given<typeof options>;

export const replay = command({
  says: 'Says what events would make of a consumer’s work now, compared with what is there; with --live sends them to it. docs/replay.md.',
  options,
  read: (values: Values, { user, nowMs }): ReplayCommand => {
    const stray = (Object.keys(ofLive) as (keyof typeof ofLive)[]).find(
      (option) => !values.live && values[option] !== undefined && values[option] !== false,
    );
    if (stray) {
      throw new UsageError(
        `${flagOf(stray)} is for --live: a sandbox sends nothing and writes nothing`,
      );
    }
    return {
      stage: values.stage,
      json: values.json,
      consumer: consumerOf(values.consumer),
      selection: selectionOf(values, nowMs),
      live: values.live ? liveOf(values, user) : null,
    };
  },
  run: async (request) => (await import('./command.ts')).replayCommand(request),
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function selectionOf({ payment, payout, from, to, tenant }: Values, nowMs: number): Selection {
  const id = payment ?? payout;
  const isRange = from !== undefined || to !== undefined || tenant !== undefined;
  if ((id !== undefined) === isRange || (payment !== undefined && payout !== undefined)) {
    throw new UsageError(
      'say which events: --payment ID, --payout ID, or --from TIME --to TIME [--tenant TENANT]',
    );
  }
  if (id !== undefined) {
    if (!uuid.test(id)) {
      throw new UsageError(`not the id of a payment or a payout: ${id}`);
    }
    return { kind: 'subject', id };
  }
  const range = { from: timeOf('from', from), to: timeOf('to', to) };
  if (range.from >= range.to) {
    throw new UsageError('--from must be before --to: the first is in the range, the last is not');
  }
  if (Date.parse(range.to) > nowMs) {
    throw new UsageError(
      '--to must not be later than now: what has not happened cannot be replayed',
    );
  }
  return { kind: 'range', ...range, tenant: tenant ?? null };
}

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function timeOf(option: 'from' | 'to', text = ''): string {
  const ms = time.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new UsageError(`--${option} must be a time such as 2026-11-21T10:00:00Z`);
  }
  return new Date(ms).toISOString();
}

function liveOf(values: Values, user: string): LiveOptions {
  const { reason: why = '', name = null, position = null } = values;
  if (why.trim().length < shortestReason) {
    throw new UsageError(
      `give --reason, in ${shortestReason} characters or more: it goes on record`,
    );
  }
  // As EventBridge has the names of replays.
  if (name !== null && !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new UsageError('--name is 1 to 64 of A-Z, a-z, 0-9, . - and _');
  }
  if (position !== null && name === null) {
    throw new UsageError('--position goes on with a replay: give its --name as well');
  }
  const perSecond = Number(values.perSecond ?? defaultPerSecond);
  if (!Number.isInteger(perSecond) || perSecond < 1 || perSecond > mostPerSecond) {
    throw new UsageError(`--per-second is from 1 to ${mostPerSecond}`);
  }
  return {
    name,
    position,
    sideEffects: values.allowSideEffects,
    reason: why.trim(),
    by: byOf(values.by, user),
    perSecond,
    isSure: values.yes,
  };
}
