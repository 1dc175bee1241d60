import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import {
  ResolveParked,
  type ResolveParkedBody,
} from '../../../shared/contracts/operations/parked.ts';
import { refuseCardData, validate } from '../../../shared/runtime/http/body.ts';
import { UsageError } from '../../arguments.ts';

interface Common {
  readonly stage: StageName;
  readonly json: boolean;
}

export type ParkedCommand = Common &
  (
    | { readonly kind: 'list' }
    | {
        readonly kind: 'resolve';
        readonly body: ResolveParkedBody;
        /** The id of the payment or the payout; null: what waits under the operation's id. */
        readonly subject: string | null;
        readonly by: string;
      }
  );

const forms = {
  list: 'list [--json] [--stage dev|prod]',
  resolve:
    'resolve OPERATION --outcome took_effect|no_effect|resume|ask --reason TEXT [--provider-reference X] [--payment ID] [--by NAME] [--json] [--stage dev|prod]',
} as const;

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  outcome: { type: 'string' },
  reason: { type: 'string' },
  'provider-reference': { type: 'string' },
  payment: { type: 'string' },
  by: { type: 'string' },
} as const;

/** The option that each place of the API's body comes from. */
const optionOf: Readonly<Record<string, string>> = {
  '/operation_id': 'the operation',
  '/outcome': '--outcome',
  '/reason': '--reason',
  '/provider_reference': '--provider-reference',
};

/**
 * @param user who is at this machine, for the record
 * @throws {UsageError} for anything but the forms above
 */
export function parseParked(args: readonly string[], user: string): ParkedCommand {
  const { values, positionals } = parsed(args);
  const { stage = 'local', json, payment, by = user, ...said } = values;
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  const [kind, operation, ...more] = positionals;
  if (kind === 'list') {
    if (operation !== undefined || Object.keys(values).some((name) => !isCommon(name))) {
      throw new UsageError(`give: ${forms.list}`);
    }
    return { kind, stage, json };
  }
  if (kind !== 'resolve' || operation === undefined || more.length > 0) {
    throw new UsageError(`give: ${forms.list}\n  or: ${forms.resolve}`);
  }
  if (by.trim() === '') {
    throw new UsageError('--by is who says so: it goes on record');
  }
  const body = bodyOf({
    operation_id: operation,
    outcome: said.outcome,
    reason: said.reason?.trim(),
    provider_reference: said['provider-reference'],
  });
  return { kind, stage, json, body, subject: payment ?? null, by: by.trim() };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function isCommon(name: string): boolean {
  return name === 'stage' || name === 'json';
}

/** What the API would take, by its own rules. */
function bodyOf(body: unknown): ResolveParkedBody {
  try {
    refuseCardData(body, '');
    return validate(ResolveParked, body, '');
  } catch (error) {
    throw usageOf(error);
  }
}

/** What is wrong with the arguments, where that is what an error says; else the error as it is. */
export function usageOf(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.errors.length === 0) {
    return error;
  }
  return new UsageError(
    error.errors.map(({ path, message }) => `${optionOf[path] ?? path} ${message}`).join('; '),
  );
}
