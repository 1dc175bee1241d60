import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import type { Selection } from '../../../shared/runtime/replay/selection.ts';
import { UsageError } from '../../arguments.ts';
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

const form =
  '--consumer NAME (--payment ID | --payout ID | --from TIME --to TIME [--tenant TENANT]) ' +
  '[--live --reason TEXT [--allow-side-effects] [--per-second N] [--yes] [--name NAME [--position P]] [--by NAME]] ' +
  '[--json] [--stage dev|prod]';

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  consumer: { type: 'string' },
  payment: { type: 'string' },
  payout: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  tenant: { type: 'string' },
  live: { type: 'boolean', default: false },
  'allow-side-effects': { type: 'boolean' },
  reason: { type: 'string' },
  'per-second': { type: 'string' },
  yes: { type: 'boolean' },
  name: { type: 'string' },
  position: { type: 'string' },
  by: { type: 'string' },
} as const;

const ofLive = [
  'allow-side-effects',
  'reason',
  'per-second',
  'yes',
  'name',
  'position',
  'by',
] as const satisfies readonly (keyof typeof options)[];

const shortestReason = 10;
const defaultPerSecond = 50;
/** More than that a consumer of its stage could not keep up with. */
const mostPerSecond = 1_000;

/**
 * @param user who is at this machine, for the record
 * @param nowMs what has not happened yet is in no range: said again, it would be another
 * @throws {UsageError} for anything but the form above
 */
export function parseReplay(args: readonly string[], user: string, nowMs: number): ReplayCommand {
  const values = parsed(args);
  const { stage = 'local', json, consumer } = values;
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  if (consumer === undefined) {
    throw new UsageError(`give: ${form}`);
  }
  const stray = ofLive.find((option) => !values.live && values[option] !== undefined);
  if (stray) {
    throw new UsageError(`--${stray} is for --live: a sandbox sends nothing and writes nothing`);
  }
  return {
    stage,
    json,
    consumer: consumerOf(consumer),
    selection: selectionOf(values, nowMs),
    live: values.live ? liveOf(values, user) : null,
  };
}

type Values = ReturnType<typeof parsed>;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

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
  const { reason = '', by = user, name = null, position = null } = values;
  if (reason.trim().length < shortestReason) {
    throw new UsageError(
      `give --reason, in ${shortestReason} characters or more: it goes on record`,
    );
  }
  if (by.trim() === '') {
    throw new UsageError('--by is who does it: it goes on record');
  }
  // As EventBridge has the names of replays.
  if (name !== null && !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new UsageError('--name is 1 to 64 of A-Z, a-z, 0-9, . - and _');
  }
  if (position !== null && name === null) {
    throw new UsageError('--position goes on with a replay: give its --name as well');
  }
  const perSecond = Number(values['per-second'] ?? defaultPerSecond);
  if (!Number.isInteger(perSecond) || perSecond < 1 || perSecond > mostPerSecond) {
    throw new UsageError(`--per-second is from 1 to ${mostPerSecond}`);
  }
  return {
    name,
    position,
    sideEffects: values['allow-side-effects'] ?? false,
    reason: reason.trim(),
    by: by.trim(),
    perSecond,
    isSure: values.yes ?? false,
  };
}
