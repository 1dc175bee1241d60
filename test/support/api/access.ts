import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import type { FindPrincipal, Principal } from '../../../shared/ports/access/access.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import { bearer } from '../../../shared/runtime/http/entry/authenticate.ts';

/** Who a tenant's own key stands for: it may do all that a tenant may. */
export function aPrincipal(tenant: string, changed: Partial<Principal> = {}): Principal {
  const role = tenant === operationsTenant ? 'operator' : 'merchant';
  return { tenant, id: `key:${tenant}`, role, scopes: ['*'], ...changed };
}

/** Access by keys alone: no policy forbids anything, and nobody has a limit. */
export function accessBy(find: FindPrincipal, now?: () => number): Access {
  return {
    authenticate: bearer(find, { now }),
    policies: async () => () => ({ effect: 'permit', policies: [], errors: [] }),
    admit: async () => null,
  };
}

/** The same for tests in which one tenant calls, with whatever key. */
export function accessOf(tenant: string): Access {
  return { ...accessBy(async () => null), authenticate: async () => aPrincipal(tenant) };
}
