import { type ApiKey, statusOf } from '../../../shared/domain/access/key.ts';
import type { Tenant } from '../../../shared/domain/access/tenant.ts';

/** How long a process believes what it found out about a key. */
const believed = 'within a minute';

const head = ['key', 'tenant', 'status', 'role', 'created', 'expires', 'last used', 'scopes'];

/** A line a key, and nothing that opens anything. */
export function listText(keys: readonly ApiKey[], nowMs: number): string[] {
  if (keys.length === 0) {
    return ['There are no keys.'];
  }
  const rows = keys.map((key) => [
    key.id,
    key.tenant,
    statusText(key, nowMs),
    key.role,
    key.created,
    key.expires ?? 'never',
    // It is known to the hour.
    key.lastUsed === null ? 'never' : `${key.lastUsed.slice(0, 13)}h`,
    key.scopes.join(' '),
  ]);
  return table([head, ...rows]);
}

function statusText(key: ApiKey, nowMs: number): string {
  const status = statusOf(key, nowMs);
  return status === 'revoked' ? `revoked ${key.revoked}` : status;
}

/** What a list says of a key, as JSON. */
export function keyJson(key: ApiKey, nowMs: number) {
  return {
    id: key.id,
    tenant: key.tenant,
    status: statusOf(key, nowMs),
    role: key.role,
    scopes: key.scopes,
    created: key.created,
    expires: key.expires,
    revoked: key.revoked,
    rotated_to: key.rotatedTo,
    rotated_from: key.rotatedFrom,
    last_used: key.lastUsed,
  };
}

/** What is said beside a key that was made: the key itself is all that goes to the output. */
export function madeText({ id, tenant, expires }: ApiKey): string {
  const until = expires === null ? '' : ` until ${expires}`;
  return `This is the key ${id} of ${tenant}${until}. It is shown once; only its hash is stored.`;
}

export function rotatedText(oldId: string, oldExpires: string): string {
  return `The key ${oldId} is valid until ${oldExpires}.`;
}

export function revokedText(key: ApiKey, wasRevoked: boolean): string[] {
  return [
    wasRevoked
      ? `The key ${key.id} was revoked at ${key.revoked}.`
      : `The key ${key.id} is revoked. Processes that found it before stop taking it ${believed}.`,
    ...(key.rotatedTo === null ? [] : [`The key that came after it, ${key.rotatedTo}, is not.`]),
  ];
}

export function tenantsText(tenants: readonly Tenant[]): string[] {
  return tenants.length === 0
    ? ['There are no tenants.']
    : table([['tenant', 'created'], ...tenants.map(({ name, created }) => [name, created])]);
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
