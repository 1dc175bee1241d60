import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import { UsageError } from '../../arguments.ts';

export interface PaymentsCommand {
  readonly kind: 'explain' | 'show';
  readonly id: string;
  /** The version that is looked at; null: the present one. */
  readonly at: number | null;
  readonly json: boolean;
  readonly stage: StageName;
}

const forms = {
  explain: 'explain ID [--at VERSION] [--json] [--stage dev|prod]',
  show: 'show ID [--at VERSION] [--json] [--stage dev|prod]',
} as const;

const options = {
  at: { type: 'string' },
  json: { type: 'boolean', default: false },
  stage: { type: 'string' },
} as const;

/** @throws {UsageError} for anything but the forms above */
export function parsePayments(args: readonly string[]): PaymentsCommand {
  const { values, positionals } = parsed(args);
  const { stage = 'local', at, json } = values;
  const [kind, id, ...more] = positionals;
  if ((kind !== 'explain' && kind !== 'show') || id === undefined || more.length > 0) {
    throw new UsageError(`give: ${forms.explain}\n  or: ${forms.show}`);
  }
  if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) {
    throw new UsageError('ID is the id of a payment, as its resource has it');
  }
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  if (at !== undefined && !/^[1-9][0-9]{0,6}$/.test(at)) {
    throw new UsageError('--at is one version: an integer from 1 on');
  }
  return { kind, id, at: at === undefined ? null : Number(at), json, stage };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
