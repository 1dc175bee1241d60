import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ApiKey } from '../../../domain/access/key.ts';

type Item = Record<string, AttributeValue>;

export const keyOf = (hash: string) => ({ pk: { S: `KEY#${hash}` }, sk: { S: 'KEY' } });
const tenantPartition = (tenant: string) => `TENANT#${tenant}`;
export const tenantKey = (name: string) => ({
  pk: { S: tenantPartition(name) },
  sk: { S: 'TENANT' },
});
export const keysPrefix = 'KEY#';
export const keysOf = (tenant: string) => ({ S: tenantPartition(tenant) });
export const pointerKey = (tenant: string, id: string) => ({
  pk: keysOf(tenant),
  sk: { S: `${keysPrefix}${id}` },
});
export const tenantsPartition = { S: 'TENANTS' };

/** The attributes of a key, as a list of tenants' keys reads them. */
export const keyAttributes = [
  'id',
  'tenant',
  'role',
  'scopes',
  'created',
  'expires',
  'revoked',
  'rotated_to',
  'rotated_from',
  'last_used',
] as const;

/** What is null is not there. */
export function itemOf(key: ApiKey): Item {
  const optional = {
    expires: key.expires,
    revoked: key.revoked,
    rotated_to: key.rotatedTo,
    rotated_from: key.rotatedFrom,
    last_used: key.lastUsed,
  };
  return {
    id: { S: key.id },
    tenant: { S: key.tenant },
    role: { S: key.role },
    scopes: { L: key.scopes.map((S) => ({ S })) },
    created: { S: key.created },
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([name, S]) => (S === null ? [] : [[name, { S }]])),
    ),
  };
}

/** Null for an item that is no key of this form: nobody can list it or revoke it, so it opens nothing. */
export function keyFrom(item: Readonly<Item> | undefined): ApiKey | null {
  if (!item?.id?.S || !item.tenant?.S || !item.role?.S || !item.created?.S) {
    return null;
  }
  const time = (name: string) => item[name]?.S ?? null;
  return {
    id: item.id.S,
    tenant: item.tenant.S,
    role: item.role.S,
    scopes: (item.scopes?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S])),
    created: item.created.S,
    expires: time('expires'),
    revoked: time('revoked'),
    rotatedTo: time('rotated_to'),
    rotatedFrom: time('rotated_from'),
    lastUsed: time('last_used'),
  };
}
