import type { ApiKey } from '../../../domain/access/key.ts';
import type { Tenant } from '../../../domain/access/tenant.ts';
import { operationsTenant } from '../../../domain/settlement/break.ts';
import type { KeyStore } from '../../../ports/access/access.ts';

/** The tenants and their keys in memory. */
export function memoryKeyStore(): KeyStore {
  const tenants = new Map<string, Tenant>();
  const keys = new Map<string, ApiKey>();
  const hashOf = (tenant: string, id: string | null) =>
    [...keys].find(([, key]) => key.tenant === tenant && key.id === id)?.[0];
  const hasTenant = (name: string) => name === operationsTenant || tenants.has(name);

  return {
    find: async (keyHash) => keys.get(keyHash) ?? null,
    recordUse: async (keyHash, { time, unlessAfter }) => {
      const key = keys.get(keyHash);
      if (key && (key.lastUsed === null || key.lastUsed <= unlessAfter)) {
        keys.set(keyHash, { ...key, lastUsed: time });
      }
    },
    createTenant: async (tenant) => {
      if (tenants.has(tenant.name)) {
        return 'exists';
      }
      tenants.set(tenant.name, tenant);
      return 'created';
    },
    tenants: async () => [...tenants.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    hasTenant: async (name) => hasTenant(name),
    list: async (tenant) =>
      [...keys.values()]
        .filter((key) => key.tenant === tenant)
        .sort((a, b) => (`${a.created}#${a.id}` < `${b.created}#${b.id}` ? -1 : 1)),
    create: async (key, keyHash) => {
      if (!hasTenant(key.tenant)) {
        return 'no_tenant';
      }
      keys.set(keyHash, key);
      return 'created';
    },
    rotate: async ({ successor, predecessorExpires }, successorHash) => {
      const hash = hashOf(successor.tenant, successor.rotatedFrom);
      const key = hash === undefined ? undefined : keys.get(hash);
      if (hash === undefined || !key || key.rotatedTo !== null || key.revoked !== null) {
        return 'changed';
      }
      keys.set(hash, { ...key, rotatedTo: successor.id, expires: predecessorExpires });
      keys.set(successorHash, successor);
      return 'rotated';
    },
    revoke: async ({ tenant, id, time }) => {
      const hash = hashOf(tenant, id);
      const key = hash === undefined ? undefined : keys.get(hash);
      if (hash === undefined || !key) {
        return null;
      }
      const revoked = { ...key, revoked: key.revoked ?? time };
      keys.set(hash, revoked);
      return revoked;
    },
  };
}
