import { ApiError } from '../../../contracts/errors.ts';
import { isTenantName, operatorRole } from '../../../domain/access/tenant.ts';
import type { Principal } from '../../../ports/access/access.ts';
import type { Headers } from '../request.ts';

/** By it an operator says whose data a read is of. */
export const tenantHeader = 'Paysaga-Tenant';

/**
 * Whose a request is: the principal's own, or the tenant that an operator names in `Paysaga-Tenant` for
 * a read. Whether that may be read the policies say, which are asked with this tenant as the resource's.
 *
 * @throws ApiError `invalid_request` when it is no tenant's name, or with what is no read
 * @throws ApiError `forbidden` when anybody else names a tenant that is not their own
 */
export function tenantOf(principal: Principal, method: string, headers: Headers): string {
  const named = headers.all(tenantHeader.toLowerCase());
  const [tenant] = named;
  if (tenant === undefined || (named.length === 1 && tenant === principal.tenant)) {
    return principal.tenant;
  }
  if (named.length > 1 || !isTenantName(tenant)) {
    throw refusal('must be the name of one tenant');
  }
  if (principal.role !== operatorRole) {
    throw new ApiError('forbidden', `${tenantHeader} is for who operates the stage.`);
  }
  if (method !== 'GET') {
    throw refusal('is for reads alone');
  }
  return tenant;
}

function refusal(message: string): ApiError {
  return new ApiError('invalid_request', 'The request does not validate.', {
    errors: [{ path: tenantHeader, message }],
  });
}
