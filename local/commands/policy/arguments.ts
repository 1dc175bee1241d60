import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import { isGrant } from '../../../shared/domain/access/scopes.ts';
import type { AccessQuestion, Principal } from '../../../shared/ports/access/access.ts';
import { UsageError } from '../../arguments.ts';

/** Files of a set and of its tests. */
export interface PolicyFiles {
  readonly policies: string;
  readonly cases: string;
}

export type PolicyCommand =
  | {
      readonly kind: 'check';
      readonly question: AccessQuestion;
      readonly policies: string;
      /** By the set that is live in the stage, not by the file. */
      readonly published: boolean;
      readonly stage: StageName;
      readonly json: boolean;
    }
  | ({ readonly kind: 'test' } & PolicyFiles)
  | ({
      readonly kind: 'publish';
      readonly stage: StageName;
      readonly reason: string;
      readonly by: string;
      /** Else nothing is done but to say what would be. */
      readonly yes: boolean;
    } & PolicyFiles)
  | {
      readonly kind: 'show';
      readonly stage: StageName;
      /** Null: the live one. */
      readonly version: number | null;
      readonly json: boolean;
    };

const forms = `check --principal P --action A [--resource R] [--context C] [--policies FILE | --published] [--json] [--stage dev|prod]
  or: test [--policies FILE] [--cases FILE]
  or: publish --reason TEXT [--yes] [--policies FILE] [--cases FILE] [--by NAME] [--stage dev|prod]
  or: show [--version N] [--json] [--stage dev|prod]`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  check: {
    principal: text,
    action: text,
    resource: text,
    context: text,
    policies: text,
    published: flag,
    json: flag,
    stage: text,
  },
  test: { policies: text, cases: text },
  publish: { policies: text, cases: text, reason: text, by: text, yes: flag, stage: text },
  show: { version: text, json: flag, stage: text },
} as const;

const builtIn = 'policies/default.json';

/**
 * @param user who is at this machine, for the record
 * @param now RFC 3339; a question's time unless it says another
 * @throws {UsageError} for anything but the forms above
 */
export function parsePolicy(args: readonly string[], user: string, now: string): PolicyCommand {
  const [kind = '', ...rest] = args;
  if (!isKind(kind)) {
    throw new UsageError(`give: ${forms}`);
  }
  const values = parsed(rest, kind);
  const stage = stageOf(values.stage);
  const policies = textOf(values.policies) ?? builtIn;
  const cases = textOf(values.cases) ?? policies.replace(/\.json$/, '.cases.json');
  switch (kind) {
    case 'check':
      if (values.published && values.policies) {
        throw new UsageError('--published asks the set that is live, --policies one in a file');
      }
      return {
        kind,
        // A file is of no stage: it is asked as it would decide where it matters most.
        question: questionOf(values, {
          time: now,
          stage: values.published ? stage : (values.stage ?? 'prod'),
        }),
        policies,
        published: values.published === true,
        stage,
        json: values.json === true,
      };
    case 'test':
      return { kind, policies, cases };
    case 'publish': {
      const reason = textOf(values.reason)?.trim() ?? '';
      const by = (textOf(values.by) ?? user).trim();
      if (reason.length < 10 || reason.length > 500 || by === '') {
        throw new UsageError('--reason is 10 to 500 characters; it goes on record, with --by');
      }
      return { kind, stage, reason, by, yes: values.yes === true, policies, cases };
    }
    case 'show': {
      const version = textOf(values.version) ?? null;
      if (version !== null && !/^[1-9]\d{0,5}$/.test(version)) {
        throw new UsageError(`not a version: ${version}`);
      }
      const number = version === null ? null : Number(version);
      return { kind, stage, version: number, json: values.json === true };
    }
  }
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function isKind(kind: string): kind is keyof typeof options {
  return Object.hasOwn(options, kind);
}

function parsed(args: readonly string[], kind: keyof typeof options): Values {
  try {
    return parseArgs({ args: [...args], options: options[kind] }).values as Values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\ngive: ${forms}`);
  }
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function stageOf(stage: string | boolean | undefined = 'local'): StageName {
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  return stage;
}

/** What a use case would know of a request is known: that nobody approved it, unless it is said. */
function questionOf(values: Values, context: Readonly<Record<string, unknown>>): AccessQuestion {
  const action = textOf(values.action);
  if (!action || !/^[a-z_]+:[a-z_]+$/.test(action)) {
    throw new UsageError('--action is what is asked for, such as refunds:create');
  }
  const principal = principalOf(attributesOf('--principal', values.principal));
  return {
    principal,
    action,
    resource: {
      type: action.slice(0, action.indexOf(':')),
      tenant: principal.tenant,
      ...attributesOf('--resource', values.resource),
    },
    context: { ...context, approved_by: null, ...attributesOf('--context', values.context) },
  };
}

/** A merchant's key, unless it is said to be another's. */
function principalOf({ tenant, ...given }: Readonly<Record<string, unknown>>): Principal {
  const { id = 'key:what-if', role = 'merchant', scopes = ['*'], ...unknown } = given;
  const grants = typeof scopes === 'string' ? [scopes] : scopes;
  if (
    typeof tenant !== 'string' ||
    typeof id !== 'string' ||
    typeof role !== 'string' ||
    !Array.isArray(grants) ||
    !grants.every((grant) => typeof grant === 'string' && isGrant(grant)) ||
    Object.keys(unknown).length > 0
  ) {
    throw new UsageError(
      '--principal has a tenant and, if need be, an id, a role and scopes: tenant=acme,role=operator',
    );
  }
  return { tenant, id, role, scopes: grants };
}

/** Attributes as JSON, or as `name=value,name=value`, where numbers, true, false and null are such. */
function attributesOf(
  option: string,
  value: string | boolean | undefined,
): Readonly<Record<string, unknown>> {
  const given = textOf(value)?.trim();
  if (!given) {
    return {};
  }
  if (given.startsWith('{')) {
    return jsonOf(option, given);
  }
  return Object.fromEntries(
    given.split(',').map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) {
        throw new UsageError(`${option} is JSON, or name=value,name=value`);
      }
      return [pair.slice(0, at).trim(), literalOf(pair.slice(at + 1).trim())];
    }),
  );
}

function jsonOf(option: string, json: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, unknown>>;
  } catch {
    throw new UsageError(`${option} is JSON, or name=value,name=value`);
  }
}

function literalOf(value: string): unknown {
  return /^(?:-?\d{1,15}|true|false|null)$/.test(value) ? JSON.parse(value) : value;
}
