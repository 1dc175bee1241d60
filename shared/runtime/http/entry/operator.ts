import { ApiError } from '../../../contracts/errors.ts';
import { operatorRole } from '../../../domain/access/tenant.ts';
import { operationsTenant } from '../../../domain/settlement/break.ts';
import type { Principal } from '../../../ports/access/access.ts';

/**
 * Sees that who asks operates the stage, whatever the policies say: a set that was published before
 * there was this endpoint knows nothing of it, and may permit a tenant whatever its key has the scope for.
 *
 * @throws ApiError `forbidden`
 */
export function requireOperator({ tenant, role }: Pick<Principal, 'tenant' | 'role'>): void {
  if (role !== operatorRole || tenant !== operationsTenant) {
    throw new ApiError('forbidden', 'This is for who operates the stage.');
  }
}
