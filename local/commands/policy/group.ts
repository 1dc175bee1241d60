import type { StageName } from '../../../infra/stages.ts';
import { isGrant } from '../../../shared/domain/access/scopes.ts';
import type { AccessQuestion, Principal } from '../../../shared/ports/access/access.ts';
import { UsageError } from '../../program/exit.ts';
import { command, group } from '../../program/group.ts';
import { by, byOf, flag, json, reason, stage, text } from '../../program/specs.ts';

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
  | ({ readonly kind: 'test'; readonly json: boolean } & PolicyFiles)
  | ({
      readonly kind: 'publish';
      readonly stage: StageName;
      readonly reason: string;
      readonly by: string;
      /** Else nothing is done but to say what would be. */
      readonly yes: boolean;
      readonly json: boolean;
    } & PolicyFiles)
  | {
      readonly kind: 'show';
      readonly stage: StageName;
      /** Null: the live one. */
      readonly version: number | null;
      readonly json: boolean;
    };

const builtIn = 'policies/default.json';

const run = async (request: PolicyCommand) => (await import('./command.ts')).policyCommand(request);

const policies = { ...text('FILE', 'the set'), otherwise: builtIn };
const cases = { ...text('FILE', 'its tests'), otherwise: 'beside the set' };

export const policy = group<PolicyCommand>('What the policies say; docs/policies.md.', {
  check: command({
    says: 'What the policies say to a question, and which of them. Ends with 3 when they say no.',
    options: {
      principal: text('P', 'who asks, as tenant=acme,role=operator or JSON'),
      action: text('A', 'what for, such as refunds:create'),
      resource: text('R', 'of what, as amount=5000,currency=EUR or JSON'),
      context: text('C', 'and what else is known, as approved_by=key:b or JSON'),
      policies,
      published: flag('by the set that is live in the stage, not by a file'),
      json,
      stage: text('dev|prod', 'whose set, or as which stage the file is asked'),
    },
    read: (given, { nowMs }): PolicyCommand => {
      if (given.published && given.policies) {
        throw new UsageError('--published asks the set that is live, --policies one in a file');
      }
      const of = stage.read(given.stage, '--stage');
      return {
        kind: 'check',
        // A file is of no stage: it is asked as it would decide where it matters most.
        question: questionOf(given, {
          time: new Date(nowMs).toISOString(),
          stage: given.published ? of : (given.stage ?? 'prod'),
        }),
        policies: given.policies ?? builtIn,
        published: given.published,
        stage: of,
        json: given.json,
      };
    },
    run,
  }),
  test: command({
    says: 'Reviews a set of policies: that it is one, and does what its tests say.',
    options: { policies, cases, json },
    read: ({ json: asJson, ...given }): PolicyCommand => ({
      kind: 'test',
      ...filesOf(given),
      json: asJson,
    }),
    run,
  }),
  publish: command({
    says: 'Says what a set that passes its review would change; with --yes makes it live, on record.',
    options: {
      policies,
      cases,
      reason: reason(),
      yes: flag('makes it live; without it nothing is done but to say what would change'),
      by,
      json,
      stage,
    },
    read: ({ reason: why = '', yes, json: asJson, ...given }, { user }): PolicyCommand => {
      const because = why.trim();
      if (because.length < 10 || because.length > 500) {
        throw new UsageError('--reason is 10 to 500 characters; it goes on record, with --by');
      }
      return {
        kind: 'publish',
        stage: given.stage,
        reason: because,
        by: byOf(given.by, user),
        yes,
        ...filesOf(given),
        json: asJson,
      };
    },
    run,
  }),
  show: command({
    says: 'Shows the set that is live, or one that was.',
    options: { version: text('N', 'which one; without it the live one'), json, stage },
    read: ({ version, ...common }): PolicyCommand => {
      if (version !== undefined && !/^[1-9]\d{0,5}$/.test(version)) {
        throw new UsageError(`not a version: ${version}`);
      }
      return { kind: 'show', ...common, version: version === undefined ? null : Number(version) };
    },
    run,
  }),
});

/** The tests of a set are beside it unless it is said where they are. */
function filesOf(given: {
  readonly policies: string | undefined;
  readonly cases: string | undefined;
}): PolicyFiles {
  const { policies: set = builtIn, cases: tests = set.replace(/\.json$/, '.cases.json') } = given;
  return { policies: set, cases: tests };
}

interface Asked {
  readonly principal: string | undefined;
  readonly action: string | undefined;
  readonly resource: string | undefined;
  readonly context: string | undefined;
}

/** What a use case would know of a request is known: that nobody approved it, unless it is said. */
function questionOf(values: Asked, context: Readonly<Record<string, unknown>>): AccessQuestion {
  const { action } = values;
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
  value: string | undefined,
): Readonly<Record<string, unknown>> {
  const given = value?.trim();
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
