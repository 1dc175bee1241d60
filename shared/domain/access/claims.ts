import { isGrant } from './scopes.ts';
import { isRoleName, isRoleOf, isTenantName, merchantRole } from './tenant.ts';

/** Which claims of a token say what a key says of its owner. */
export interface ClaimNames {
  readonly tenant: string;
  readonly role: string;
}

/** A namespaced name, as issuers want for claims of their customers' own. */
export const defaultClaimNames: ClaimNames = { tenant: 'https://paysaga/tenant', role: 'role' };

/** Who a token is of. Its form is that of a `Principal`. */
export interface Claimant {
  readonly tenant: string;
  readonly id: string;
  readonly role: string;
  readonly scopes: readonly string[];
}

/**
 * Who a token that was verified is of; null when it does not say so in a form that can be used. A
 * merchant needs no role; who operates the stage has to say so twice, by the tenant and by the role.
 *
 * Scopes are `scope` (RFC 8693, section 4.2: a text, separated by spaces) or `scopes` (a list). Those
 * of other services are not ours to refuse: they are dropped.
 */
export function claimantOf(
  claims: Readonly<Record<string, unknown>>,
  names: ClaimNames = defaultClaimNames,
): Claimant | null {
  const { sub } = claims;
  const tenant = Object.hasOwn(claims, names.tenant) ? claims[names.tenant] : null;
  const role = Object.hasOwn(claims, names.role) ? claims[names.role] : merchantRole;
  if (
    typeof sub !== 'string' ||
    // OpenID Connect Core 1.0, section 2: at most 255 characters of ASCII.
    !/^[\x21-\x7e]{1,255}$/.test(sub) ||
    typeof tenant !== 'string' ||
    !isTenantName(tenant) ||
    typeof role !== 'string' ||
    !isRoleName(role) ||
    !isRoleOf(role, tenant)
  ) {
    return null;
  }
  return { tenant, id: `jwt:${sub}`, role, scopes: grantsOf(claims) };
}

function grantsOf({ scope, scopes }: Readonly<Record<string, unknown>>): readonly string[] {
  const said = [
    ...(typeof scope === 'string' ? scope.split(' ') : []),
    ...(Array.isArray(scopes) ? scopes : []),
  ];
  return [...new Set(said)].filter((grant) => typeof grant === 'string' && isGrant(grant));
}
