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
import { shortestReason } from '../../../shared/runtime/dead-letters/discard.ts';
import { UsageError } from '../../program/exit.ts';
import { command, type Given, group } from '../../program/group.ts';
import { by, byOf, flag, json, reason, required, stage, text, texts } from '../../program/specs.ts';

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

const run = async (request: KeysCommand) => (await import('./command.ts')).keysCommand(request);

const owner = {
  tenant: texts('NAME', 'whose key it is'),
  operator: flag('a key of who operates the stage'),
} as const;

type Owner = Given<typeof owner>;

const id = required('id', 'of a key, as list has it');
const common = { json, stage } as const;
const optionalReason = text('TEXT', 'why, on record');

const tenants = group<KeysCommand>('Who keys are made for.', {
  create: command({
    says: 'Makes a tenant.',
    operands: { name: required('name', 'lower-case letters, digits and dashes') },
    options: { by, reason: optionalReason, ...common },
    read: ({ name, ...given }, { user }): KeysCommand => ({
      kind: 'tenants create',
      stage: given.stage,
      json: given.json,
      name: merchantOf(name),
      ...signed(given, user),
    }),
    run,
  }),
  list: command({
    says: 'Lists the tenants.',
    options: common,
    read: (given): KeysCommand => ({ kind: 'tenants list', ...given }),
    run,
  }),
});

export const keys = group<KeysCommand>('The API keys of a stage; docs/keys.md.', {
  create: command({
    says: 'Makes an API key, and shows it this once.',
    options: {
      ...owner,
      scopes: text('A,B', 'what it may be used for; without it what its role needs'),
      role: text('NAME', 'what policies know its holder as'),
      expires: text('90d|TIME', 'when it ends by itself; without it never'),
      by,
      reason: optionalReason,
      ...common,
    },
    read: (given, { user, nowMs }): KeysCommand => ({
      kind: 'create',
      stage: given.stage,
      json: given.json,
      ...holderOf(given),
      expires: expiryOf(given.expires, nowMs),
      ...signed(given, user),
    }),
    run,
  }),
  list: command({
    says: 'Lists keys, of one tenant or of all: what each may, and when it was made, and ends.',
    options: { ...owner, ...common },
    read: ({ tenant, operator, ...given }): KeysCommand => ({
      kind: 'list',
      ...given,
      tenant: tenant.length === 0 && !operator ? null : tenantOf({ tenant, operator }),
    }),
    run,
  }),
  rotate: command({
    says: 'Makes the key after one; the old one ends after the grace period.',
    operands: { id },
    options: {
      ...owner,
      grace: text('24h', 'how long the old one stays valid; 24h if it is not said'),
      by,
      reason: optionalReason,
      ...common,
    },
    read: (given, { user }): KeysCommand => ({
      kind: 'rotate',
      stage: given.stage,
      json: given.json,
      tenant: tenantOf(given),
      id: given.id,
      graceMs: graceOf(given.grace),
      ...signed(given, user),
    }),
    run,
  }),
  revoke: command({
    says: 'Ends a key at once.',
    operands: { id },
    options: { ...owner, reason: reason(), by, ...common },
    read: (given, { user }): KeysCommand => {
      const act = signed(given, user);
      if (act.reason.length < shortestReason) {
        throw new UsageError(
          `give --reason, in ${shortestReason} characters or more: it goes on record`,
        );
      }
      const { stage: of, json: asJson, id: key } = given;
      return { kind: 'revoke', stage: of, json: asJson, tenant: tenantOf(given), id: key, ...act };
    },
    run,
  }),
  tenants,
});

function signed(
  given: { readonly by: string | undefined; readonly reason: string | undefined },
  user: string,
): Signed {
  return { by: byOf(given.by, user), reason: (given.reason ?? '').trim() };
}

/** A merchant by its name, or who operates the stage, whom nobody gets as a merchant by a slip. */
function tenantOf({ tenant: given, operator }: Owner): string {
  const [tenant, ...more] = given;
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

function holderOf(
  values: Owner & { readonly role: string | undefined; readonly scopes: string | undefined },
) {
  const tenant = tenantOf(values);
  const role = values.role ?? (values.operator ? operatorRole : merchantRole);
  if (!isRoleName(role) || (role === operatorRole) !== values.operator) {
    throw new UsageError(
      '--role is a lower-case name; operator is the role of --operator, which has no other',
    );
  }
  return { tenant, role, scopes: grantsOf(values) };
}

function grantsOf({
  scopes,
  operator,
}: {
  readonly scopes: string | undefined;
  readonly operator: boolean;
}): readonly string[] {
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

function expiryOf(expires: string | undefined, nowMs: number): string | null {
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
