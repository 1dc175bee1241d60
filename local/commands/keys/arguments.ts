import { parseArgs } from 'node:util';
import type { StageName } from '../../../infra/stages.ts';
import {
  defaultGraceMs,
  merchantGrants,
  operatorGrants,
} from '../../../shared/domain/access/key.ts';
import { scopes as allScopes, isGrant } from '../../../shared/domain/access/scopes.ts';
import {
  isRoleName,
  isTenantName,
  merchantRole,
  operatorRole,
} from '../../../shared/domain/access/tenant.ts';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { UsageError } from '../../arguments.ts';
import { shortestReason } from '../dlq/letters/discard.ts';

interface Common {
  readonly stage: StageName;
  readonly json: boolean;
}

/** Who changes something, and why: on record. */
interface Signed {
  readonly by: string;
  /** Empty where none is asked for and none was given. */
  readonly reason: string;
}

/** What is asked for. */
export type KeysCommand = Common &
  (
    | ({
        readonly kind: 'create';
        readonly tenant: string;
        readonly role: string;
        readonly scopes: readonly string[];
        /** RFC 3339, UTC; null: it does not end by itself. */
        readonly expires: string | null;
      } & Signed)
    /** `tenant` null: the keys of all. */
    | { readonly kind: 'list'; readonly tenant: string | null }
    | ({
        readonly kind: 'rotate';
        readonly tenant: string;
        readonly id: string;
        readonly graceMs: number;
      } & Signed)
    | ({ readonly kind: 'revoke'; readonly tenant: string; readonly id: string } & Signed)
    | ({ readonly kind: 'tenants create'; readonly name: string } & Signed)
    | { readonly kind: 'tenants list' }
  );

const owner = '--tenant NAME | --operator';
const forms = {
  create: `create ${owner} [--scopes A,B] [--role NAME] [--expires 90d|TIME] [--by NAME] [--reason TEXT]`,
  list: `list [${owner}]`,
  rotate: `rotate KEY_ID ${owner} [--grace 24h] [--by NAME] [--reason TEXT]`,
  revoke: `revoke KEY_ID ${owner} --reason TEXT [--by NAME]`,
  'tenants create': 'tenants create NAME [--by NAME] [--reason TEXT]',
  'tenants list': 'tenants list',
} as const;

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  tenant: { type: 'string', multiple: true },
  operator: { type: 'boolean', default: false },
  scopes: { type: 'string' },
  role: { type: 'string' },
  expires: { type: 'string' },
  grace: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
} as const;

type Kind = keyof typeof forms;
type Option = keyof typeof options;
type Values = ReturnType<typeof parsed>['values'];

/** What each command takes besides `--stage` and `--json`. */
const taken: Readonly<Record<Kind, readonly Option[]>> = {
  create: ['tenant', 'operator', 'scopes', 'role', 'expires', 'by', 'reason'],
  list: ['tenant', 'operator'],
  rotate: ['tenant', 'operator', 'grace', 'by', 'reason'],
  revoke: ['tenant', 'operator', 'by', 'reason'],
  'tenants create': ['by', 'reason'],
  'tenants list': [],
};

/** A key id or a tenant's name follows these. */
const takesName: readonly Kind[] = ['rotate', 'revoke', 'tenants create'];

/**
 * @param user who is at this machine, for the record
 * @throws {UsageError} for anything but the forms above
 */
export function parseKeys(args: readonly string[], user: string, nowMs: number): KeysCommand {
  const { values, positionals } = parsed(args);
  const { kind, names } = kindOf(positionals);
  const stray = (Object.keys(values) as Option[]).find(
    (option) => values[option] && !['stage', 'json', ...taken[kind]].includes(option),
  );
  const [name = '', ...more] = names;
  if (stray || more.length > 0 || (name !== '') !== takesName.includes(kind)) {
    throw new UsageError(`give: ${forms[kind]} [--json] [--stage dev|prod]`);
  }
  const common = { stage: stageOf(values.stage), json: values.json };
  const signed = { by: nameOf(values.by ?? user), reason: (values.reason ?? '').trim() };
  switch (kind) {
    case 'create':
      return { ...common, kind, ...holderOf(values), expires: expiryOf(values, nowMs), ...signed };
    case 'list': {
      const isAll = values.tenant === undefined && !values.operator;
      return { ...common, kind, tenant: isAll ? null : tenantOf(values) };
    }
    case 'rotate': {
      const graceMs = graceOf(values.grace);
      return { ...common, kind, tenant: tenantOf(values), id: name, graceMs, ...signed };
    }
    case 'revoke':
      if (signed.reason.length < shortestReason) {
        throw new UsageError(
          `give --reason, in ${shortestReason} characters or more: it goes on record`,
        );
      }
      return { ...common, kind, tenant: tenantOf(values), id: name, ...signed };
    case 'tenants create':
      return { ...common, kind, name: merchantOf(name), ...signed };
    case 'tenants list':
      return { ...common, kind };
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function kindOf([first = '', ...rest]: readonly string[]): {
  readonly kind: Kind;
  readonly names: readonly string[];
} {
  const [second = '', ...names] = rest;
  const found = [
    { kind: first, names: rest },
    { kind: `${first} ${second}`, names },
  ].find(({ kind }) => Object.hasOwn(forms, kind));
  if (!found) {
    throw new UsageError(
      `give ${Object.keys(forms).join(', ')}; such as: npm run keys -- create --tenant acme`,
    );
  }
  return { kind: found.kind as Kind, names: found.names };
}

/** A merchant by its name, or who operates the stage, whom nobody gets as a merchant by a slip. */
function tenantOf({ tenant: tenants = [], operator }: Values): string {
  const [tenant, ...more] = tenants;
  if (more.length > 0 || operator === (tenant !== undefined)) {
    throw new UsageError('give --tenant NAME or --operator, once');
  }
  return tenant === undefined ? operationsTenant : merchantOf(tenant);
}

function merchantOf(name: string): string {
  if (name === operationsTenant) {
    throw new UsageError(`${name} is who operates the stage, always there: give --operator`);
  }
  if (!isTenantName(name)) {
    throw new UsageError(
      'a tenant has a name of 1 to 32 lower-case letters, digits and dashes, no dash first',
    );
  }
  return name;
}

function holderOf(values: Values) {
  const tenant = tenantOf(values);
  const role = values.role ?? (values.operator ? operatorRole : merchantRole);
  if (!isRoleName(role) || (role === operatorRole) !== values.operator) {
    throw new UsageError(
      '--role is a lower-case name; operator is the role of --operator, which has no other',
    );
  }
  return { tenant, role, scopes: grantsOf(values) };
}

function grantsOf({ scopes, operator }: Values): readonly string[] {
  if (scopes === undefined) {
    return operator ? operatorGrants : merchantGrants;
  }
  const grants = [...new Set(scopes.split(','))];
  const unknown = grants.find((grant) => !isGrant(grant));
  if (unknown !== undefined) {
    throw new UsageError(
      `no scope is named ${JSON.stringify(unknown)}; there are ${allScopes.join(', ')}, all of one kind as payments:*, and *`,
    );
  }
  return grants;
}

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Ten years: longer is a slip. */
const longestMs = 3_650 * unitsMs.d;

/** `90d`, `24h`, `15m` or 0, in ms; undefined for another text. */
function durationOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (text === '0') {
    return 0;
  }
  return count === undefined ? undefined : Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

function expiryOf({ expires }: Values, nowMs: number): string | null {
  if (expires === undefined) {
    return null;
  }
  const durationMs = durationOf(expires);
  const atMs =
    durationMs === undefined && /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(expires)
      ? Date.parse(expires)
      : nowMs + (durationMs ?? Number.NaN);
  if (!(atMs > nowMs && atMs <= nowMs + longestMs)) {
    throw new UsageError(
      '--expires is a time to come, as 90d, 12h, 2027-01-31 or 2027-01-31T12:00:00Z',
    );
  }
  return new Date(atMs).toISOString();
}

function graceOf(grace: string | undefined): number {
  const graceMs = grace === undefined ? defaultGraceMs : durationOf(grace);
  if (graceMs === undefined || graceMs > longestMs) {
    throw new UsageError('--grace is how long the key that goes stays valid, as 24h, 7d, 30m or 0');
  }
  return graceMs;
}

function stageOf(stage = 'local'): StageName {
  if (stage !== 'local' && stage !== 'dev' && stage !== 'prod') {
    throw new UsageError('--stage is dev or prod; without it the local stack is meant');
  }
  return stage;
}

function nameOf(by: string): string {
  if (by.trim() === '') {
    throw new UsageError('--by is who does it: it goes on record');
  }
  return by.trim();
}
